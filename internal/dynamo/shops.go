package dynamo

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Attributes of a shop's version, and of the list of named shops.
const (
	attrSince    = "since"
	attrSettings = "settings"
	attrSites    = "sites"
)

// No named shop has one of these keys.
const (
	defaultShop = "-"
	allShops    = "*" // version 0 is the list of the named shops; infra/shops.py writes it
)

// versionsAtOnce is how many versions of a shop are read in one request: what counts now is the newest.
const versionsAtOnce = 8

func shopKey(site string, version int) item {
	if site == "" {
		site = defaultShop
	}
	return item{keySite: text(site), attrVersion: number(version)}
}

func encodeShop(v chat.ShopVersion) item {
	it := shopKey(v.Site, v.Version)
	it[attrSince] = number(v.Since)
	withBytes(it, attrSettings, v.Settings)
	return it
}

func decodeShop(it item) (chat.ShopVersion, error) {
	d := &itemReader{item: it}
	v := chat.ShopVersion{
		Site: requireText[string](d, keySite), Version: readNumber[int](d, attrVersion), Since: readNumber[chat.Millis](d, attrSince),
		Settings: readBytes(d, attrSettings),
	}
	if v.Site == defaultShop {
		v.Site = ""
	}
	return v, d.err("shop")
}

// shopVersions is a Query of a shop's versions, the newest first.
func (s *Store) shopVersions(site string, limit int, consistent bool) *dynamodb.QueryInput {
	q := lookup{where: "#key = :key", key: keySite, values: item{":key": shopKey(site, 0)[keySite]}, limit: limit}.query(s.tables.Shops)
	forward := false
	q.ScanIndexForward, q.ConsistentRead = &forward, &consistent
	return q
}

// Shop implements chat.ShopStore.
func (s *Store) Shop(ctx context.Context, site string) (newest chat.ShopVersion, err error) {
	err = s.pages(ctx, s.shopVersions(site, 1, false), func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			newest, err = decodeShop(it)
		}
		return false, err
	})
	return newest, err
}

// ShopVersions implements chat.ShopStore, strongly consistent.
func (s *Store) ShopVersions(ctx context.Context, site string, from chat.Millis) ([]chat.ShopVersion, error) {
	var versions []chat.ShopVersion
	err := s.pages(ctx, s.shopVersions(site, versionsAtOnce, true), func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			v, err := decodeShop(it)
			if err != nil {
				return false, err
			}
			if versions = append(versions, v); v.Since <= from {
				return false, nil
			}
		}
		return true, nil
	})
	slices.Reverse(versions)
	return versions, err
}

// PutShop implements chat.ShopStore.
func (s *Store) PutShop(ctx context.Context, v chat.ShopVersion) (chat.ShopVersion, bool, error) {
	w := shopPut()
	e := s.resolve(w, "", nil)
	_, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.tables.Shops, Item: encodeShop(v),
		ConditionExpression: e.condition, ExpressionAttributeNames: nilIfEmpty(e.names),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if err == nil {
		return v, true, nil
	}
	found, _, err := refused(w.name, err)
	if err != nil {
		return chat.ShopVersion{}, false, err
	}
	stored, err := decodeShop(found)
	return stored, false, err
}

// Sites implements chat.ShopStore.
func (s *Store) Sites(ctx context.Context) ([]string, error) {
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &s.tables.Shops, Key: shopKey(allShops, 0)})
	if err != nil {
		return nil, fmt.Errorf("read the list of shops: %w", err)
	}
	d := &itemReader{item: out.Item}
	sites := readSet[string](d, attrSites)
	return sites, d.err("list of shops")
}
