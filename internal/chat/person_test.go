package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

func TestSiteOfAPerson(t *testing.T) {
	for id, want := range map[chat.PersonID]string{
		"c_4711": "", "v_o1pJVMAws0-MqlKzhgffJr0h657Zd8oQwxspoVFdFzc": "",
		"c_mugs:4711": "mugs", "v_mugs:o1pJVMAws0-MqlKzhgffJr0h657Zd8oQwxspoV": "mugs", "c_mugs:a_b": "mugs",
		"a_mugs:4711": "", "a_1": "", "": "",
	} {
		assert.Equal(t, want, id.Site(), id)
	}
}
