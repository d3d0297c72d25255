// Package layout holds the shape of the code: which package may know which, how large a file may grow, what may not
// stand in one, and that the template, the controller and the sample events name the same routes. It has tests only.
package layout
