package e2e_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2/client"
	"github.com/stretchr/testify/require"
)

// trouble is one kind of bad network from troubles.json: a toxic of toxiproxy, or none if the network is down, and its
// duration in ms. A toxic that drops data closes the connection when it is removed.
type trouble struct {
	Name        string
	Toxics      []toxiproxy.Toxic
	Least, Most int
}

func troubles() (all []trouble, err error) {
	data, err := os.ReadFile("troubles.json")
	if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(data, &all)
}

// startToxiproxy starts this test's own toxiproxy.
func startToxiproxy(t *testing.T) *toxiproxy.Client {
	t.Helper()
	program := os.Getenv("TOXIPROXY")
	require.NotEmpty(t, program, "TOXIPROXY names the program, as the Makefile does")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	host, port, err := net.SplitHostPort(free.Addr().String())
	require.NoError(t, err)
	require.NoError(t, free.Close())
	command := exec.Command(program, "-host", host, "-port", port)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	client := toxiproxy.NewClient("http://" + net.JoinHostPort(host, port))
	require.Eventually(t, func() bool {
		_, err := client.Proxies()
		return err == nil
	}, timeout, 20*time.Millisecond)
	return client
}

// network is the network between one device and the stack.
type network struct {
	proxy *toxiproxy.Proxy
	ws    string // the stack's address through it
}

func (s stack) proxied(t *testing.T, client *toxiproxy.Client, name string) *network {
	t.Helper()
	at, err := url.Parse(s.WS)
	require.NoError(t, err)
	proxy, err := client.CreateProxy(name, "127.0.0.1:0", at.Host)
	require.NoError(t, err)
	at.Host = proxy.Listen
	return &network{proxy: proxy, ws: at.String()}
}

// tally counts by name. It is safe for concurrent use.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (c *tally) add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	c.counts[name]++
}

// disturb causes trouble of all kinds until it is stopped, and then restores the network.
func (n *network) disturb(rng *rand.Rand, troubled *tally, stop <-chan struct{}) error {
	kinds, err := troubles()
	if err != nil {
		return err
	}
	for sleep(time.Duration(1000+rng.IntN(7000))*time.Millisecond, stop) {
		kind := kinds[rng.IntN(len(kinds))]
		troubled.add(kind.Name)
		if err := n.begin(kind); err != nil {
			return fmt.Errorf("begin %s: %w", kind.Name, err)
		}
		sleep(time.Duration(kind.Least+rng.IntN(kind.Most-kind.Least))*time.Millisecond, stop)
		if err := n.end(kind); err != nil {
			return fmt.Errorf("end %s: %w", kind.Name, err)
		}
	}
	return nil
}

func (n *network) begin(kind trouble) error {
	if len(kind.Toxics) == 0 {
		return n.proxy.Disable()
	}
	for _, x := range kind.Toxics {
		if _, err := n.proxy.AddToxic("", x.Type, x.Stream, 1, x.Attributes); err != nil {
			return err
		}
	}
	return nil
}

func (n *network) end(kind trouble) error {
	if len(kind.Toxics) == 0 {
		return n.proxy.Enable()
	}
	for _, x := range kind.Toxics {
		if err := n.proxy.RemoveToxic(x.Type + "_" + x.Stream); err != nil {
			return err
		}
	}
	return nil
}

// sleep returns false if it was stopped.
func sleep(d time.Duration, stop <-chan struct{}) bool {
	select {
	case <-time.After(d):
		return true
	case <-stop:
		return false
	}
}
