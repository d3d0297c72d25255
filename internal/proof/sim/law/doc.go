// Package law holds what must be true of every history, whatever goes wrong below the code. It looks at each write as it is
// applied, at each push and answer, at what an invocation leaves undone, and at last at what the clients show. What it
// finds broken it names by a code, the same one in docs/guarantees.md.
//
// It knows a world only by the World interface, and changes nothing in it.
package law
