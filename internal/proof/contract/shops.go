package contract

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// site is the key of a shop of this World alone.
func (w *World) site() string { return "s" + w.run }

func (w *World) putShop(t *testing.T, site string, version int, since chat.Millis, settings string) chat.ShopVersion {
	t.Helper()
	v := chat.ShopVersion{Site: site, Version: version, Since: since, Settings: []byte(settings)}
	got, ok, err := w.Store.PutShop(t.Context(), v)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, v, got, "what is stored comes back")
	return v
}

func (w *World) shopVersions(t *testing.T, site string, from chat.Millis) []chat.ShopVersion {
	t.Helper()
	got, err := w.Store.ShopVersions(t.Context(), site, from)
	require.NoError(t, err)
	return got
}

func testShops(t *testing.T, w *World) {
	ctx, site := t.Context(), w.site()
	newest := func() chat.ShopVersion {
		t.Helper()
		got, err := w.Store.Shop(ctx, site)
		require.NoError(t, err)
		return got
	}
	assert.Zero(t, newest(), "a shop without settings")
	assert.Empty(t, w.shopVersions(t, site, 0))

	first := w.putShop(t, site, 1, start, `{"zone":"아시아"}`)
	requireFull(t, reflect.ValueOf(first), "ShopVersion")
	assert.Equal(t, first, newest())
	second := w.putShop(t, site, 2, start+10, "\x00\xff")
	for _, taken := range []chat.ShopVersion{first, second} {
		lost := taken
		lost.Since, lost.Settings = start+99, []byte("lost")
		got, ok, err := w.Store.PutShop(ctx, lost)
		require.NoError(t, err)
		assert.False(t, ok, "a version is put once")
		assert.Equal(t, taken, got, "the one that is stored comes back")
		assert.Equal(t, second, newest())
		assert.Equal(t, []chat.ShopVersion{first, second}, w.shopVersions(t, site, 0))
	}
	w.putShop(t, site+"-other", 1, start, "another shop's")
	assert.Equal(t, []chat.ShopVersion{first, second}, w.shopVersions(t, site, start))
}

// testShopVersions: of many versions, those are read that count at a time or later.
func testShopVersions(t *testing.T, w *World) {
	site := w.site()
	var all []chat.ShopVersion
	for i := range 30 { // beyond a page
		all = append(all, w.putShop(t, site, i+1, start+chat.Millis(i/2)*10, string(bytes.Repeat([]byte{'x'}, i+1))))
	}
	for _, trial := range []struct {
		from  chat.Millis
		first int
	}{{0, 0}, {start - 1, 0}, {start, 1}, {start + 9, 1}, {start + 10, 3}, {start + 75, 15}, {start + 139, 27}, {start + 140, 29}, {start + 999, 29}} {
		assert.Equal(t, all[trial.first:], w.shopVersions(t, site, trial.from), "from %d on", trial.from-start)
	}
	newest, err := w.Store.Shop(t.Context(), site)
	require.NoError(t, err)
	assert.Equal(t, all[29], newest, "by number: 10 comes after 9")
}

// testDefaultShop: the default shop has no key. Other tests may use it too.
func testDefaultShop(t *testing.T, w *World) {
	before, err := w.Store.Shop(t.Context(), "")
	require.NoError(t, err)
	v := w.putShop(t, "", before.Version+1, start, "the default shop's "+w.run)
	got, err := w.Store.Shop(t.Context(), "")
	require.NoError(t, err)
	assert.Equal(t, v, got)
}

func raceShopEdits(t *testing.T, w *World) {
	site := string(w.Agent().Who) // new in each round
	w.putShop(t, site, 1, start, "as it was")
	var got [3]chat.ShopVersion
	var won [3]bool
	var editors []func()
	for i := range got {
		edited := chat.ShopVersion{Site: site, Version: 2, Since: start + chat.Millis(i), Settings: []byte(seqText("editor", i))}
		editors = append(editors, func() {
			var err error
			got[i], won[i], err = w.Store.PutShop(t.Context(), edited)
			assert.NoError(t, err)
		})
	}
	concurrently(editors...)
	winner := onlyWinner(t, won[:])
	assert.Equal(t, seqText("editor", winner), string(got[winner].Settings))
	for i := range got {
		assert.Equal(t, got[winner], got[i], "the others learn what is stored")
	}
	assert.Equal(t, []chat.ShopVersion{got[winner]}, w.shopVersions(t, site, start+9))
}
