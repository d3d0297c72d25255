package linear

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/memory"
	"rejoin/internal/proof/dynamotest"
)

const (
	usual = 200 // histories
	// within is in how many histories a planted bug has to show: the rarest takes some hundred on an idle machine, and more
	// where goroutines seldom run side by side. The first one is enough.
	within = 20_000
	// How long porcupine may think about a history: to call it legal takes a moment, to call it illegal all its orders.
	long, short = time.Minute, time.Second
	// wireRate is how many answers of the database are lost on the wire.
	wireRate = 0.01
	// tooMany bad histories end a run.
	tooMany = 3
	// perCPU is how many histories run at the same time, most of them waiting for the database.
	perCPU = 4
)

var (
	histories = flag.Int("histories", usual, "how many histories to run on each store")
	folder    = flag.String("drawings", os.TempDir(), "where illegal histories are drawn")
)

func TestLinearizable(t *testing.T) {
	t.Run("memory", func(t *testing.T) {
		check(t, func() chat.Store { return memory.NewStore() })
	})
	if dynamotest.OnLocal(t) {
		t.Run(dynamotest.Local, func(t *testing.T) {
			store := openLocal(t, &tricky{rate: wireRate})
			check(t, func() chat.Store { return store })
		})
	}
}

func openLocal(t testing.TB, network *tricky) chat.Store {
	client := dynamotest.Connect(t, dynamotest.Local)
	tables := dynamotest.CreateTables(t, client)
	return dynamo.New(dynamotest.Connect(t, dynamotest.Local, network.attach), tables)
}

// check runs histories, each on a store that open returns, and wants every one of them legal.
func check(t *testing.T, open func() chat.Store) {
	soaking := *histories > usual
	sum := &tally{}
	told := time.Now()
	each(*histories, func(seed uint64) bool {
		h := run(t, open(), seed)
		is := verdict(h, long)
		sum.Lock()
		defer sum.Unlock()
		sum.add(h, is)
		if is != porcupine.Ok { // told at once, however many are to come
			fmt.Printf("history %d is %s\n%s\n", seed, is, h.tell(*folder))
		}
		if soaking && time.Since(told) > 10*time.Second {
			told = time.Now()
			fmt.Printf("%d of %d histories, %d illegal\n", sum.histories, *histories, sum.illegal)
		}
		return sum.illegal+sum.undecided <= tooMany
	})
	assert.Zero(t, sum.illegal, "illegal")
	assert.Zero(t, sum.undecided, "not decided in time")
	sum.requireVaried(t)
	t.Log("\n" + sum.String())
	if soaking {
		fmt.Printf("\n%s\n%s\n", t.Name(), sum)
	}
}

// each does something for every number below n, several at a time, until one says that it is enough.
func each(n int, do func(seed uint64) (more bool)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range perCPU * runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for seed := next.Add(1) - 1; seed < int64(n); seed = next.Add(1) - 1 {
				if !do(uint64(seed)) {
					next.Store(int64(n))
				}
			}
		})
	}
	workers.Wait()
}

// TestPlantedBugsShow leaves parts of conditions out, one at a time, and wants an illegal history.
func TestPlantedBugsShow(t *testing.T) {
	for _, c := range []memory.Condition{
		memory.OpenLastRoom, memory.ChangeRev, memory.PutPlaceIsFree,
		memory.SendHolder, memory.SendIsOpen, memory.SendNoNewer, memory.SendNextNumber,
		memory.SeatInRoomHolder, memory.SeatInRoomIsOpen, memory.SeatInRoomNoNewer, memory.SeatInRoomNotYet,
		memory.UnseatInRoomExactly, memory.UnseatInRoomIsOpen, memory.SeatPersonNoNewer,
	} {
		t.Run("memory/"+string(c), func(t *testing.T) {
			requireIllegal(t, func() chat.Store { return memory.NewStore().Without(c) })
		})
	}
	if !dynamotest.OnLocal(t) {
		return
	}
	for _, part := range []string{"#rev = :before", "attribute_not_exists(#place)", "#myNext = :no", "#myWho = :who"} {
		t.Run(dynamotest.Local+"/"+part, func(t *testing.T) {
			store := openLocal(t, &tricky{always: part})
			requireIllegal(t, func() chat.Store { return store })
		})
	}
}

func requireIllegal(t *testing.T, open func() chat.Store) {
	var found atomic.Bool
	var ran atomic.Int64
	each(within, func(seed uint64) bool {
		if verdict(run(t, open(), seed), short) == porcupine.Illegal {
			found.Store(true)
		}
		ran.Add(1)
		return !found.Load()
	})
	require.True(t, found.Load(), "%d histories do not show it", within)
	t.Logf("shown within %d histories", ran.Load())
}
