// Package app puts each function together from its environment. It is the only package that reads the environment, and
// knows every other.
package app
