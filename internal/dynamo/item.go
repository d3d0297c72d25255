package dynamo

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// item is a stored item, or the values of an expression.
type item map[string]types.AttributeValue

func text[T ~string](v T) types.AttributeValue {
	return &types.AttributeValueMemberS{Value: string(v)}
}

func number[T ~int | ~int64](v T) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(int64(v), 10)}
}

// withText adds an attribute, unless it is empty.
func withText[T ~string](it item, name string, v T) {
	if v != "" {
		it[name] = text(v)
	}
}

func withNumber[T ~int | ~int64](it item, name string, v T) {
	if v != 0 {
		it[name] = number(v)
	}
}

func boolean(v bool) types.AttributeValue { return &types.AttributeValueMemberBOOL{Value: v} }

func withFlag(it item, name string, v bool) {
	if v {
		it[name] = boolean(true)
	}
}

func withBytes(it item, name string, v []byte) {
	if len(v) > 0 {
		it[name] = &types.AttributeValueMemberB{Value: v}
	}
}

func withSet[T ~string](it item, name string, all []T) {
	if len(all) == 0 {
		return // DynamoDB has no empty set
	}
	set := &types.AttributeValueMemberSS{}
	for _, v := range all {
		set.Value = append(set.Value, string(v))
	}
	it[name] = set
}

// itemReader decodes an item and collects what is wrong with it. A missing attribute is empty.
type itemReader struct {
	item item
	errs []error
}

func (r *itemReader) wrong(name string) {
	r.errs = append(r.errs, fmt.Errorf("attribute %s is a %T", name, r.item[name]))
}

// err is everything that was wrong with the item; nil if nothing was.
func (r *itemReader) err(kind string) error {
	if len(r.errs) == 0 {
		return nil
	}
	return fmt.Errorf("decode %s: %w", kind, errors.Join(r.errs...))
}

func readText[T ~string](r *itemReader, name string) T {
	switch v := r.item[name].(type) {
	case nil:
	case *types.AttributeValueMemberS:
		return T(v.Value)
	default:
		r.wrong(name)
	}
	return ""
}

// requireText is readText for attributes that an item must have.
func requireText[T ~string](r *itemReader, name string) T {
	v := readText[T](r, name)
	if v == "" {
		r.errs = append(r.errs, fmt.Errorf("attribute %s is missing", name))
	}
	return v
}

func readNumber[T ~int | ~int64](r *itemReader, name string) T {
	switch v := r.item[name].(type) {
	case nil:
	case *types.AttributeValueMemberN:
		n, err := strconv.ParseInt(v.Value, 10, 64)
		if err != nil {
			r.errs = append(r.errs, fmt.Errorf("attribute %s: %w", name, err))
		}
		return T(n)
	default:
		r.wrong(name)
	}
	return 0
}

func readFlag(r *itemReader, name string) bool {
	switch v := r.item[name].(type) {
	case nil:
	case *types.AttributeValueMemberBOOL:
		return v.Value
	default:
		r.wrong(name)
	}
	return false
}

func readBytes(r *itemReader, name string) []byte {
	switch v := r.item[name].(type) {
	case nil:
	case *types.AttributeValueMemberB:
		return v.Value
	default:
		r.wrong(name)
	}
	return nil
}

// readSet returns the set sorted.
func readSet[T ~string](r *itemReader, name string) []T {
	var all []T
	switch v := r.item[name].(type) {
	case nil:
	case *types.AttributeValueMemberSS:
		for _, s := range v.Value {
			all = append(all, T(s))
		}
		slices.Sort(all)
	default:
		r.wrong(name)
	}
	return all
}
