package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters that change the order in which all the following text is shown. Marks and isolates, which right-to-left
// texts need, stay: their effect ends with the text.
const directionOverrides = "\u202d\u202e"

// Joiners are format characters too, but names and emoji need them.
const joiners = "\u200c\u200d"

// Clean brings a text to the form that is stored: valid UTF-8, trimmed, without control characters other than tab and
// newline, and without overrides of the writing direction. Invalid when nothing is left, TooLong beyond MaxText.
func Clean(text string) (string, error) {
	text, err := clean("A text", text, MaxText)
	if err == nil && text == "" {
		err = fail(Invalid, "A text needs at least one character.")
	}
	return text, err
}

// clean is Clean for texts that may be empty, with a limit of its own.
func clean(what, text string, most int) (string, error) {
	text = strings.TrimFunc(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && r != '\n' || strings.ContainsRune(directionOverrides, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")), isSpace)
	if n := utf8.RuneCountInString(text); n > most {
		return "", fail(TooLong, "%s has at most %d characters; this one has %d.", what, most, n)
	}
	return text, nil
}

// CleanLine brings a name, or another text of one line, to the form that is stored: valid UTF-8, without control or
// invisible characters or changes of direction, each run of white space as one space. It is empty if no character is
// visible.
func CleanLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case isSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && !strings.ContainsRune(joiners, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if text = strings.Trim(strings.Join(strings.Fields(text), " "), " "+joiners); !strings.ContainsFunc(text, isVisible) {
		return ""
	}
	return text
}

// isSpace tells whether browsers, too, treat the character as white space. That includes the byte order mark, with
// which text from a file may begin.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }

// blankSymbols show nothing: the Braille pattern without dots, and the null notehead.
const blankSymbols = "\u2800\U0001d159"

// isVisible tells whether a character shows something by itself. Combining marks do not, nor do characters that
// Unicode says to ignore, such as the fillers of Hangul.
func isVisible(r rune) bool {
	return !unicode.In(r, unicode.M, unicode.Cf, unicode.Z, unicode.Other_Default_Ignorable_Code_Point) && !strings.ContainsRune(blankSymbols, r)
}

// Truncate returns the first `most` code points of a text, or all if there are fewer.
func Truncate(text string, most int) string {
	for at := range text {
		if most == 0 {
			return text[:at]
		}
		most--
	}
	return text
}
