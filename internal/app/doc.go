// Package app builds each function from its environment. It alone reads the environment, and it imports every other package
// that is deployed.
package app
