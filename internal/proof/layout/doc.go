// Package layout tests the structure of the code: what a package may import, how long a file may be, what code may not
// contain, and that template, controller and sample events name the same routes.
package layout
