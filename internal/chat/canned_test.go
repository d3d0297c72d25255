package chat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// putCanned puts a canned message that is accepted.
func (w *world) putCanned(c chat.Caller, put chat.CannedPut) chat.Canned {
	w.t.Helper()
	stored, err := w.Service.CannedPut(w.t.Context(), c, put)
	require.NoError(w.t, err)
	return stored
}

// titles reads the whole list, page by page, as scope/title.
func (w *world) titles(c chat.Caller) (titles []string, pages int) {
	w.t.Helper()
	for after := (chat.CannedCursor{}); ; {
		page, err := w.Service.CannedList(w.t.Context(), c, after)
		require.NoError(w.t, err)
		body, err := json.Marshal(page.Items)
		require.NoError(w.t, err)
		assert.LessOrEqual(w.t, len(body), 32<<10)
		for _, item := range page.Items {
			titles = append(titles, string(item.Scope())+"/"+item.Title)
		}
		pages++
		if after = page.After; after == (chat.CannedCursor{}) {
			return titles, pages
		}
		require.NotEmpty(w.t, page.Items, "every page gets on")
	}
}

func TestCanned(t *testing.T) {
	w := newWorld(t)
	admin, me, other := w.Admin(), w.onlineAgent(), w.onlineAgent()
	w.putCanned(other, chat.CannedPut{Key: "k", Scope: chat.Mine, Title: "other's", Text: "x"})
	first := w.putCanned(me, chat.CannedPut{Key: "k", Scope: chat.Mine, Title: " first\u0000 ", Text: "\n안녕하세요 "})
	assert.Equal(t, chat.Canned{Owner: me.Who, Key: "k", Title: "first", Text: "안녕하세요", Version: 1}, first, "cleaned as texts are")
	second := w.putCanned(me, chat.CannedPut{Key: "a", Scope: chat.Mine, Title: "second", Text: "x"})
	assert.Greater(t, second.Position, first.Position+1, "after all others, with a gap")
	w.putCanned(admin, chat.CannedPut{Key: "z", Scope: chat.Shared, Title: "for all", Text: "x"})
	titles, _ := w.titles(me)
	assert.Equal(t, []string{"shared/for all", "mine/first", "mine/second"}, titles)

	moved := w.putCanned(me, chat.CannedPut{Key: "a", Scope: chat.Mine, Title: "second", Text: "x", Position: new(int64(-5)), Version: 1})
	assert.Equal(t, 2, moved.Version)
	titles, _ = w.titles(me)
	assert.Equal(t, []string{"shared/for all", "mine/second", "mine/first"}, titles, "in their new order")
	edited := w.putCanned(me, chat.CannedPut{Key: "a", Scope: chat.Mine, Title: "2", Text: "y", Version: 2})
	assert.Equal(t, int64(-5), edited.Position, "an edit leaves it where it is")

	require.NoError(t, w.Service.CannedDelete(t.Context(), me, chat.Mine, "k", 1))
	titles, _ = w.titles(me)
	assert.Equal(t, []string{"shared/for all", "mine/2"}, titles)
	titles, _ = w.titles(other)
	assert.Equal(t, []string{"shared/for all", "mine/other's"}, titles, "another owner's with the same key is separate")
	require.NoError(t, w.Service.CannedDelete(t.Context(), me, chat.Mine, "k", 1), "what is not there is deleted")
	require.NoError(t, w.Service.CannedDelete(t.Context(), admin, chat.Shared, "z", 0))
	titles, _ = w.titles(other)
	assert.Equal(t, []string{"mine/other's"}, titles)
	w.assertNoPushes()
}

func TestPositionsStopAtTheMaximum(t *testing.T) {
	w := newWorld(t)
	me := w.onlineAgent()
	w.putCanned(me, chat.CannedPut{Key: "last", Scope: chat.Mine, Title: "t", Text: "x", Position: new(int64(chat.MaxPosition))})
	next := w.putCanned(me, chat.CannedPut{Key: "next", Scope: chat.Mine, Title: "t", Text: "x"})
	assert.Equal(t, int64(chat.MaxPosition), next.Position)
}

func TestARepeatedPutGetsTheAnswerOfTheFirst(t *testing.T) {
	w := newWorld(t)
	me := w.onlineAgent()
	for _, put := range []chat.CannedPut{
		{Key: "k", Scope: chat.Mine, Title: "t", Text: "x"},
		{Key: "k", Scope: chat.Mine, Title: "t", Text: "y", Version: 1},
		{Key: "k", Scope: chat.Mine, Title: "t", Text: "y", Version: 2, Position: new(int64(7))},
	} {
		first := w.putCanned(me, put)
		assert.Equal(t, first, w.putCanned(me, put))
		assert.Equal(t, put.Version+1, first.Version)
	}
	for n := range chat.MaxCanned - 1 {
		w.putCanned(me, chat.CannedPut{Key: fmt.Sprint(n), Scope: chat.Mine, Title: "t", Text: "x"})
	}
	w.putCanned(me, chat.CannedPut{Key: "0", Scope: chat.Mine, Title: "t", Text: "x"}) // the last that fits, too
	w.putCanned(me, chat.CannedPut{Key: "k", Scope: chat.Mine, Title: "t", Text: "edited at the limit", Version: 3})
}

// TestTwoEditors: the second one to save gets what the first one saved, in whatever order their calls come.
func TestTwoEditors(t *testing.T) {
	mine := chat.CannedPut{Key: "k", Scope: chat.Shared, Title: "t", Text: "mine", Version: 1}
	theirs := mine
	theirs.Text = "theirs"
	set := func(t *testing.T) (*world, chat.Caller, chat.Caller) {
		w := newWorld(t)
		me, other := w.Admin(), w.Admin()
		w.putCanned(me, chat.CannedPut{Key: "k", Scope: chat.Shared, Title: "t", Text: "as it was"})
		return w, me, other
	}
	conflict := func(t *testing.T, err error) {
		t.Helper()
		e := refused(t, chat.Conflict, err)
		require.NotNil(t, e.Stored)
		assert.Equal(t, chat.Canned{Owner: chat.OwnerOfShared, Key: "k", Title: "t", Text: "theirs", Version: 2}, *e.Stored)
	}
	t.Run("one after the other", func(t *testing.T) {
		w, me, other := set(t)
		w.putCanned(other, theirs)
		_, err := w.Service.CannedPut(t.Context(), me, mine)
		conflict(t, err)
		conflict(t, w.Service.CannedDelete(t.Context(), me, chat.Shared, "k", 1))
	})
	t.Run("in between", func(t *testing.T) {
		w, me, other := set(t)
		_, err := w.meanwhile("PutCanned", func() { w.putCanned(other, theirs) }).CannedPut(t.Context(), me, mine)
		conflict(t, err)
	})
	t.Run("deleted before", func(t *testing.T) {
		w, me, other := set(t)
		require.NoError(t, w.Service.CannedDelete(t.Context(), other, chat.Shared, "k", 0))
		_, err := w.Service.CannedPut(t.Context(), me, mine)
		refused(t, chat.NotFound, err)
	})
	t.Run("deleted in between", func(t *testing.T) {
		w, me, other := set(t)
		_, err := w.meanwhile("PutCanned", func() {
			require.NoError(t, w.Service.CannedDelete(t.Context(), other, chat.Shared, "k", 0))
		}).CannedPut(t.Context(), me, mine)
		refused(t, chat.NotFound, err)
	})
	t.Run("a key that is used", func(t *testing.T) {
		w, me, other := set(t)
		w.putCanned(other, theirs)
		again := mine
		again.Version = 0
		_, err := w.Service.CannedPut(t.Context(), me, again)
		conflict(t, err)
	})
	t.Run("a repeat after the other's edit", func(t *testing.T) {
		w, me, other := set(t)
		w.putCanned(me, mine)
		theirs := theirs
		theirs.Version = 2
		w.putCanned(other, theirs)
		_, err := w.Service.CannedPut(t.Context(), me, mine)
		assert.Equal(t, 3, refused(t, chat.Conflict, err).Stored.Version)
	})
}

func TestCannedIsRefused(t *testing.T) {
	w := newWorld(t)
	agent, admin := w.onlineAgent(), w.Admin()
	good := chat.CannedPut{Key: "k", Scope: chat.Mine, Title: "t", Text: "x"}
	for name, trial := range map[string]struct {
		change func(*chat.CannedPut)
		want   chat.Code
	}{
		"a shared one": {func(p *chat.CannedPut) { p.Scope = chat.Shared }, chat.Forbidden},
		"no title":     {func(p *chat.CannedPut) { p.Title = " \n" }, chat.Invalid},
		"a long title": {func(p *chat.CannedPut) { p.Title = strings.Repeat("가", chat.MaxTitle+1) }, chat.TooLong},
		"no text":      {func(p *chat.CannedPut) { p.Text = "\u0007" }, chat.Invalid},
		"a long text":  {func(p *chat.CannedPut) { p.Text = strings.Repeat("가", chat.MaxText+1) }, chat.TooLong},
		"none to edit": {func(p *chat.CannedPut) { p.Version = 1 }, chat.NotFound},
		"the longest":  {func(p *chat.CannedPut) { p.Key, p.Title = "long", strings.Repeat("가", chat.MaxTitle) }, ""},
	} {
		put := good
		trial.change(&put)
		_, err := w.Service.CannedPut(t.Context(), agent, put)
		if trial.want == "" {
			require.NoError(t, err)
			continue
		}
		refused(t, trial.want, err)
		stored, err := w.Store.Canned(t.Context(), chat.OwnerOfShared)
		require.NoError(t, err)
		assert.Empty(t, stored, name)
	}
	refused(t, chat.Forbidden, w.Service.CannedDelete(t.Context(), agent, chat.Shared, "k", 0))

	for n := range chat.MaxCanned {
		w.putCanned(admin, chat.CannedPut{Key: fmt.Sprint(n), Scope: chat.Shared, Title: "t", Text: "x"})
	}
	_, err := w.Service.CannedPut(t.Context(), admin, chat.CannedPut{Key: "more", Scope: chat.Shared, Title: "t", Text: "x"})
	refused(t, chat.Invalid, err)

	w.joinAgent(w.Reconnect(agent))
	_, err = w.Service.CannedList(t.Context(), agent, chat.CannedCursor{})
	refused(t, chat.NotCurrent, err)
	_, err = w.Service.CannedPut(t.Context(), agent, good)
	refused(t, chat.NotCurrent, err)
	refused(t, chat.NotCurrent, w.Service.CannedDelete(t.Context(), agent, chat.Mine, "k", 0))
}

func TestCannedPages(t *testing.T) {
	w := newWorld(t)
	admin, me := w.Admin(), w.onlineAgent()
	var want []string
	for i, who := range []chat.Caller{admin, me} {
		scope := []chat.Scope{chat.Shared, chat.Mine}[i]
		for n := range 20 {
			want = append(want, fmt.Sprintf("%s/%d", scope, n))
		}
		for n := range 20 {
			w.putCanned(who, chat.CannedPut{
				Key: fmt.Sprint(n%4, n), Scope: scope, Title: fmt.Sprint(n), Text: strings.Repeat("<", 200*n+1), Position: new(int64(n / 4)),
			})
		}
	}
	titles, pages := w.titles(me)
	assert.Equal(t, want, titles, "by position, then by key, each once")
	assert.Greater(t, pages, 5)
}

func TestCannedWhileTheStoreFails(t *testing.T) {
	w := newWorld(t)
	me := w.onlineAgent()
	for call, do := range map[string]func(*chat.Service) error{
		"Canned": func(s *chat.Service) error {
			_, err := s.CannedList(t.Context(), me, chat.CannedCursor{})
			return err
		},
		"PutCanned": func(s *chat.Service) error {
			_, err := s.CannedPut(t.Context(), me, chat.CannedPut{Key: "k", Scope: chat.Mine, Title: "t", Text: "x"})
			return err
		},
		"DeleteCanned": func(s *chat.Service) error { return s.CannedDelete(t.Context(), me, chat.Mine, "k", 0) },
	} {
		assert.ErrorIs(t, do(w.failing(call)), errDown, call)
		assert.ErrorIs(t, do(w.failing("Person")), errDown, call)
	}
}
