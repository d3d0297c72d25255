package contract

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// cannedOf reads an owner's, sorted by key.
func (w *World) cannedOf(t *testing.T, owner chat.PersonID) []chat.Canned {
	t.Helper()
	all, err := w.Store.Canned(t.Context(), owner)
	require.NoError(t, err)
	slices.SortFunc(all, func(a, b chat.Canned) int { return cmp.Compare(a.Key, b.Key) })
	return all
}

func (w *World) putCanned(t *testing.T, c chat.Canned, before int) chat.Canned {
	t.Helper()
	got, ok, err := w.Store.PutCanned(t.Context(), c, before)
	require.NoError(t, err)
	require.True(t, ok)
	c.Version = before + 1
	assert.Equal(t, c, got, "what is stored comes back")
	return c
}

func testCanned(t *testing.T, w *World) {
	ctx := t.Context()
	me, other := w.Agent().Who, w.Agent().Who
	assert.Empty(t, w.cannedOf(t, me))

	first := chat.Canned{Owner: me, Key: "k1", Title: "인사", Text: "안녕하세요 👋\n<b>", Position: 1<<53 - 1, Version: 9}
	requireFull(t, reflect.ValueOf(first), "Canned")
	first = w.putCanned(t, first, 0)
	second := w.putCanned(t, chat.Canned{Owner: me, Key: "k2", Title: "t", Text: "x", Position: -(1<<53 - 1)}, 0)
	apart := w.putCanned(t, chat.Canned{Owner: other, Key: "k1", Title: "another's", Text: "x"}, 0)
	unmoved := func(what string) {
		t.Helper()
		assert.Equal(t, []chat.Canned{first, second}, w.cannedOf(t, me), what)
		assert.Equal(t, []chat.Canned{apart}, w.cannedOf(t, other), what)
	}
	unmoved("each owner has their own")

	first.Title, first.Text, first.Position = "2", "two", 0
	first = w.putCanned(t, first, 1)
	unmoved("an edit replaces all")

	for before, what := range []string{"it is there", "an older version was edited", 3: "a version that is not there yet"} {
		if what == "" {
			continue
		}
		changed := first
		changed.Text = "lost"
		got, ok, err := w.Store.PutCanned(ctx, changed, before)
		require.NoError(t, err)
		assert.False(t, ok, what)
		assert.Equal(t, first, got, "the one that is stored comes back")
		unmoved(what)
	}
	got, ok, err := w.Store.PutCanned(ctx, chat.Canned{Owner: me, Key: "none", Title: "t", Text: "x"}, 1)
	require.NoError(t, err)
	assert.False(t, ok, "there is none to edit")
	assert.Zero(t, got)
	unmoved("an edit creates none")

	for _, version := range []int{1, 3} {
		got, ok, err = w.Store.DeleteCanned(ctx, me, "k1", version)
		require.NoError(t, err)
		assert.False(t, ok, "it is another version")
		assert.Equal(t, first, got)
		unmoved("another version is not deleted")
	}
	for _, trial := range []struct {
		version int
		ok      bool
		left    []chat.Canned
	}{{2, true, []chat.Canned{second}}, {2, false, []chat.Canned{second}}, {0, true, []chat.Canned{second}}} {
		got, ok, err = w.Store.DeleteCanned(ctx, me, "k1", trial.version)
		require.NoError(t, err)
		assert.Equal(t, trial.ok, ok)
		assert.Zero(t, got)
		assert.Equal(t, trial.left, w.cannedOf(t, me))
	}
	_, ok, err = w.Store.DeleteCanned(ctx, me, "k2", 0)
	require.NoError(t, err)
	assert.True(t, ok, "any version")
	assert.Empty(t, w.cannedOf(t, me))
	assert.Equal(t, []chat.Canned{apart}, w.cannedOf(t, other))
	w.putCanned(t, chat.Canned{Owner: me, Key: "k1", Title: "t", Text: "anew"}, 0)
}

func testManyCanned(t *testing.T, w *World) {
	me := w.Agent().Who
	var want []chat.Canned
	for i := range 80 { // × 16 KB is more than the megabyte that one Query returns
		want = append(want, w.putCanned(t, chat.Canned{
			Owner: me, Key: fmt.Sprintf("k%02d", i), Title: "t", Text: strings.Repeat("😀", chat.MaxText), Position: int64(-i),
		}, 0))
	}
	got := w.cannedOf(t, me)
	assert.Len(t, got, len(want))
	assert.True(t, slices.Equal(want, got))
}
