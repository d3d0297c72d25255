package linear

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// String describes a step without its answer.
func (s step) String() string {
	by := fmt.Sprintf("person %d on %d by %s", s.who, s.caller.At%1e6, s.caller.Name)
	if s.kind == send {
		by += fmt.Sprintf(": no %d %q", s.no, s.text)
	}
	if s.stored != 0 {
		by += fmt.Sprintf(" (stored at %d)", s.stored)
	}
	return fmt.Sprintf("%s %s", s.kind, by)
}

func (a answer) String() string {
	switch {
	case a.unknown:
		return "no answer"
	case a.expected != 0:
		return fmt.Sprintf("%s, expected %d", a.code, a.expected)
	case a.code != "":
		return string(a.code)
	case a.seq != 0:
		return fmt.Sprintf("ack at %d", a.seq)
	case a.room != nil:
		return a.room.String()
	}
	return "ok"
}

func (r roomView) String() string {
	return fmt.Sprintf("%s rev %d seq %d customer %s agent %s", r.Status, r.Rev, r.Seq, r.Customer, r.Agent)
}

func (m member) String() string {
	there := ""
	if m.Gone {
		there = " gone"
	}
	return fmt.Sprintf("[%.8s at %d next %d%s]", m.Who, m.At%1e6, m.Next, there)
}

func (s state) String() string {
	return fmt.Sprintf("%s held %v places %s", s.roomView, s.held, s.places)
}

func (v placeOp) String() string {
	does := "reads"
	if v.write {
		does = "fills"
	}
	return fmt.Sprintf("%s %d: %q", does, v.seq, v.value)
}

// describe lists a history's calls, and draws its illegal objects into the folder.
func (h *history) describe(folder string) string {
	var b strings.Builder
	for _, c := range h.sorted() {
		what := make([]string, 0, len(c.steps))
		for _, s := range c.steps {
			what = append(what, s.String())
		}
		fmt.Fprintf(&b, "%9s %9s  client %d: %s → %s\n", c.begin.Round(time.Microsecond), c.end.Round(time.Microsecond), c.client,
			strings.Join(what, ", "), c.answer)
		for _, v := range c.placeOps {
			fmt.Fprintf(&b, "%34s %s\n", "", v)
		}
	}
	room, places := h.operations()
	draw(&b, folder, "room", roomModel(), room)
	draw(&b, folder, "places", placeModel(), places)
	return b.String()
}

func draw(b *strings.Builder, folder, of string, model porcupine.Model, history []porcupine.Operation) {
	is, info := porcupine.CheckOperationsVerbose(model, history, long)
	if is == porcupine.Ok {
		return
	}
	file, err := os.CreateTemp(folder, "illegal-"+of+"-*.html")
	if err == nil {
		err = porcupine.Visualize(model, info, file)
		_ = file.Close()
	}
	if err != nil {
		fmt.Fprintln(b, "not drawn:", err)
		return
	}
	path, _ := filepath.Abs(file.Name())
	fmt.Fprintf(b, "%s is %s, drawn in %s\n", of, is, path)
}
