// Package people makes the people who use a stack: customers' and visitors' tokens, agents' accounts and log-ins. It knows endpoints.json and
// none of the server's code.
package people

import (
	"encoding/json"
	"os"
)

// Stack is what endpoints.json says of a stack.
type Stack struct {
	WS         string // where clients connect
	AWS        string // the emulator; empty on AWS
	Region     string
	Demo       string
	Console    string
	Issuer     string // of the agents' tokens: the URL of their pool
	ClientID   string
	SiteSecret string
	Shops      map[string]string // the secret of each that has a key
	Tables     map[string]string
	Functions  map[string]string
	Params     map[string]string // the template's, where they aren't the defaults
	Agents     []Login
	Key        string `json:"-"` // access key, as which an emulator takes an account's number
}

// Login is an agent's account.
type Login struct {
	ID       string
	Name     string
	Username string
	Password string
	Admin    bool
}

// Read reads an endpoints.json.
func Read(file string) (s Stack, err error) {
	text, err := os.ReadFile(file) //nolint:gosec // the file that the caller names
	if err != nil {
		return s, err
	}
	s.Key = "test"
	return s, json.Unmarshal(text, &s)
}
