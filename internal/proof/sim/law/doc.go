// Package law checks what must be true of every history, whatever faults the world has. It checks each write as it is
// applied, each push and answer, what an invocation has left undone when it ends, and finally what the clients show. A
// violation has a code, which docs/guarantees.md explains.
//
// The package knows a world only through the World interface, and changes nothing in it.
package law
