package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"rejoin/internal/chat"
)

const (
	// maxDepth is how deep a frame's values may nest; the wire's own frames need 3.
	maxDepth = 16
	// maxRoomID is how long a room's id may be, in bytes.
	maxRoomID = 64
)

// fields is a JSON object, read strictly: encoding/json alone would accept field names in another case, and the last
// of two equal ones. The first error is kept, so that a decoder reads all fields and checks once. Null counts as
// absent; unknown fields are ignored.
type fields struct {
	values map[string]json.RawMessage
	err    *chat.Error
}

func invalid(format string, args ...any) *chat.Error {
	return &chat.Error{Code: chat.Invalid, Message: fmt.Sprintf(format, args...)}
}

func readObject(body []byte) (*fields, error) {
	f := &fields{}
	if err := json.Unmarshal(body, &f.values); err != nil || f.values == nil {
		return nil, invalid("A frame has to be a JSON object.")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // accepts numbers of any size
	if err := checkNesting(d, 0); err != nil {
		return nil, invalid("A frame may not %s.", err)
	}
	return f, nil
}

var (
	errTooDeep        = errors.New("nest that deep")
	errDuplicateField = errors.New("have the same field twice")
)

// checkNesting finds what json.Unmarshal accepts and frames may not have.
func checkNesting(d *json.Decoder, depth int) error {
	if depth > maxDepth {
		return errTooDeep
	}
	token, err := d.Token()
	open, nested := token.(json.Delim)
	if err != nil || !nested {
		return err
	}
	seen := map[string]bool{}
	for d.More() {
		if open == '{' {
			token, err := d.Token()
			if err != nil {
				return err
			}
			name, _ := token.(string)
			if seen[name] {
				return errDuplicateField
			}
			seen[name] = true
		}
		if err := checkNesting(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func (f *fields) refuse(format string, args ...any) {
	if f.err == nil {
		f.err = invalid(format, args...)
	}
}

// failure is the first error; nil if there was none.
func (f *fields) failure() error {
	if f.err == nil {
		return nil
	}
	return f.err
}

func (f *fields) has(name string) bool {
	raw, ok := f.values[name]
	return ok && string(raw) != "null"
}

// decode reads a field into v, if it is present.
func (f *fields) decode(name, kind string, v any) {
	if !f.has(name) {
		return
	}
	if err := json.Unmarshal(f.values[name], v); err != nil {
		f.refuse("The field %q has to be %s.", name, kind)
	}
}

// string reads a string of at most `most` code points; 0 = no limit here.
func (f *fields) string(name string, most int) (s string) {
	f.decode(name, "a string", &s)
	return f.limited(name, s, most)
}

// oneLine reads a string of one line in the form that is stored, of at most `most` code points; 0 = no limit.
func (f *fields) oneLine(name string, most int) (s string) {
	f.decode(name, "a string", &s)
	return f.limited(name, chat.CleanLine(s), most)
}

func (f *fields) limited(name, s string, most int) string {
	if most > 0 && utf8.RuneCountInString(s) > most {
		f.refuse("The field %q has at most %d characters.", name, most)
		return ""
	}
	return s
}

func (f *fields) flag(name string) (b bool) {
	f.decode(name, "true or false", &b)
	return b
}

// integer reads a whole number. 1.0 and 1e0 are refused.
func (f *fields) integer(name string, low, high int64) int64 {
	n, err := strconv.ParseInt(string(f.values[name]), 10, 64)
	if err != nil || n < low || n > high {
		f.refuse("The field %q has to be a whole number from %d to %d.", name, low, high)
		return 0
	}
	return n
}

// object reads a field that is an object; an empty one if it is absent.
func (f *fields) object(name string) *fields {
	inner := &fields{}
	f.decode(name, "an object", &inner.values)
	return inner
}

// list reads a field that is an array of at most `most` objects.
func (f *fields) list(name string, most int) []*fields {
	var raws []map[string]json.RawMessage
	f.decode(name, "an array of objects", &raws)
	if len(raws) > most {
		f.refuse("The field %q has at most %d entries.", name, most)
		return nil
	}
	list := make([]*fields, len(raws))
	for i, values := range raws {
		list[i] = &fields{values: values}
	}
	return list
}

// clientID reads an id that a client made up; "" if it is absent.
func (f *fields) clientID(field string) string {
	id := f.string(field, chat.MaxID)
	if !isSafeID(id) {
		f.refuse("The field %q has to be made of letters, digits, - and _.", field)
		return ""
	}
	return id
}

// optionalRoom reads a room's id; "" if it is absent.
func (f *fields) optionalRoom(name string) chat.RoomID {
	id := f.string(name, maxRoomID)
	if !isSafeID(id) {
		f.refuse("The field %q has to be the id of a chat.", name)
		return ""
	}
	return chat.RoomID(id)
}

// requiredRoom reads a room's id, which must be present.
func (f *fields) requiredRoom(name string) chat.RoomID {
	id := f.optionalRoom(name)
	if id == "" {
		f.refuse("The field %q is missing.", name)
	}
	return id
}

// isSafeID tells whether an id has only characters that are safe in a key and in the log.
func isSafeID(id string) bool {
	for _, r := range id {
		switch {
		case 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-', r == '_':
		default:
			return false
		}
	}
	return true
}
