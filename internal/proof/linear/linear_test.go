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
	// within is the number of histories in which a planted bug must show. The rarest takes a few hundred on an idle machine,
	// and more if goroutines seldom run at the same time.
	within = 20_000
	// How long porcupine may search for an order. It finds one at once, but to prove that there is none it tries all.
	long, short = time.Minute, time.Second
	// lostRate is the share of the database's answers that are lost on the network.
	lostRate = 0.01
	// tooMany is how many illegal or undecided histories end a run.
	tooMany = 3
	// perCPU is how many histories run at the same time per processor: most of them wait for the database.
	perCPU = 4
	// progressEvery is the time between two lines of progress of a long run.
	progressEvery = 10 * time.Second
)

var (
	histories = flag.Int("histories", usual, "how many histories to run on each store")
	minutes   = flag.Float64("minutes", 0, "run histories for this many minutes instead, on DynamoDB Local if ENGINES names it")
	folder    = flag.String("drawings", os.TempDir(), "where illegal histories are drawn")
)

func TestLinearizable(t *testing.T) {
	local := dynamotest.OnLocal(t)
	t.Run("memory", func(t *testing.T) {
		check(t, func() chat.Store { return memory.NewStore() }, !local)
	})
	if local {
		t.Run(dynamotest.Local, func(t *testing.T) {
			store := openLocal(t, &network{rate: lostRate})
			check(t, func() chat.Store { return store }, true)
		})
	}
}

func openLocal(t testing.TB, network *network) chat.Store {
	client := dynamotest.Connect(t, dynamotest.Local)
	tables := dynamotest.CreateTables(t, client)
	return dynamo.New(dynamotest.Connect(t, dynamotest.Local, network.attach), tables)
}

// check runs histories, each on a store that open returns, and requires every one to be legal. timed: it runs for the time
// of the flag -minutes, if that is set.
func check(t *testing.T, open func() chat.Store, timed bool) {
	timed = timed && *minutes > 0
	begun, isLong, sum := time.Now(), timed || *histories > usual, &counts{}
	told, end := begun, begun.Add(time.Duration(*minutes*float64(time.Minute)))
	each(func(seed uint64) (more bool) {
		h := run(t, open(), seed)
		is := verdict(h, long)
		sum.Lock()
		defer sum.Unlock()
		sum.add(h, is)
		if is != porcupine.Ok {
			fmt.Printf("history %d is %s\n%s\n", seed, is, h.describe(*folder))
		}
		if isLong && time.Since(told) > progressEvery {
			told = time.Now()
			fmt.Printf("%d histories, %d illegal\n", sum.histories, sum.illegal)
		}
		enough := sum.histories >= *histories
		if timed {
			enough = time.Now().After(end)
		}
		return !enough && sum.illegal+sum.undecided <= tooMany
	})
	assert.Zero(t, sum.illegal, "illegal")
	assert.Zero(t, sum.undecided, "not decided in time")
	sum.requireVaried(t)
	t.Log("\n" + sum.String())
	if isLong {
		fmt.Printf("\n%s\n%s\n", t.Name(), sum)
	}
}

// each calls do with 0, 1, 2, …, several at a time, until one call returns false.
func each(do func(seed uint64) (more bool)) {
	var next atomic.Uint64
	var done atomic.Bool
	var workers sync.WaitGroup
	for range perCPU * runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for !done.Load() {
				if !do(next.Add(1) - 1) {
					done.Store(true)
				}
			}
		})
	}
	workers.Wait()
}

// TestPlantedBugsShow leaves out parts of conditions, one at a time, and requires an illegal history.
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
			store := openLocal(t, &network{weakened: part})
			requireIllegal(t, func() chat.Store { return store })
		})
	}
}

func requireIllegal(t *testing.T, open func() chat.Store) {
	var found atomic.Bool
	var ran atomic.Int64
	each(func(seed uint64) (more bool) {
		if verdict(run(t, open(), seed), short) == porcupine.Illegal {
			found.Store(true)
		}
		return ran.Add(1) < within && !found.Load()
	})
	require.True(t, found.Load(), "%d histories do not show it", within)
	t.Logf("shown within %d histories", ran.Load())
}
