// Package fidelity holds the tests of docs/fidelity.md: how the emulator and the local engine differ from AWS. Each row has one,
// which fails when a release no longer differs, so that the workaround is removed. The emulator is tried twice: as it is
// released, started here, and with the patches that the stack gives it. They run when REJOIN_TEST_STATE names a stack's state folder, as `make test` does.
package fidelity
