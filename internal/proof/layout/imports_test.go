package layout

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// imports are what a package may import beside the standard library: packages of the project, and modules of others.
type imports struct{ own, modules []string }

// anyModule allows every module.
const anyModule = "*"

// deployed are the packages that the functions are built from: first the functions, then the layers below them. Own imports
// have to be in this table as well, so that none of them leads to internal/memory or internal/proof.
var deployed = map[string]imports{
	"functions/authorize":  {own: []string{"internal/app"}},
	"functions/connect":    {own: []string{"internal/app"}},
	"functions/disconnect": {own: []string{"internal/app"}},
	"functions/message":    {own: []string{"internal/app"}},
	"functions/room":       {own: []string{"internal/app"}},
	"functions/console":    {own: []string{"internal/app"}},
	"functions/sweep":      {own: []string{"internal/app"}},
	"internal/app": {
		own: []string{
			"internal/gateway", "internal/chat", "internal/stats", "internal/hours", "internal/auth", "internal/dynamo", "internal/push",
			"internal/telemetry", "internal/zone",
		},
		modules: []string{anyModule},
	},
	"internal/gateway": {
		own:     []string{"internal/chat", "internal/stats", "internal/hours", "internal/auth", "internal/telemetry", "internal/zone"},
		modules: []string{"github.com/aws/aws-lambda-go", "golang.org/x/time/rate"},
	},
	"internal/stats":     {own: []string{"internal/chat"}},
	"internal/hours":     {own: []string{"internal/chat", "internal/zone"}},
	"internal/dynamo":    {own: []string{"internal/chat"}, modules: []string{anyModule}},
	"internal/push":      {own: []string{"internal/chat"}, modules: []string{anyModule}},
	"internal/auth":      {own: []string{"internal/chat"}, modules: []string{"github.com/golang-jwt/jwt/v5", "golang.org/x/net/idna"}},
	"internal/chat":      {modules: []string{"golang.org/x/text"}},
	"internal/telemetry": {modules: []string{"github.com/aws/aws-lambda-go/lambdacontext"}},
	"internal/zone":      {},
}

// local lists the packages that run only on a developer's machine and have rules.
var local = map[string]imports{
	"internal/memory":           {own: []string{"internal/chat"}, modules: []string{anyModule}},
	"internal/proof/contract":   {own: []string{"internal/chat", "internal/memory", "internal/stats"}, modules: []string{anyModule}},
	"internal/proof/dynamotest": {own: []string{"internal/dynamo", "infra"}, modules: []string{anyModule}},
	"internal/proof/sim/client": {},
	"internal/proof/sim/law":    {own: []string{"internal/chat", "internal/memory", "internal/stats", "internal/proof/sim/client"}},
	"internal/proof/sim/report": {own: []string{"internal/memory", "internal/proof/sim/world"}},
	"internal/proof/sim":        {own: []string{"internal/proof/sim/report"}},
	"infra/cost":                {own: []string{"infra"}},
	"infra/origins":             {own: []string{"internal/auth"}},
}

// TestImports checks each file of a package in the tables.
func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		allowed, ruled := deployed[s.dir()]
		if !ruled {
			allowed, ruled = local[s.dir()]
		}
		if s.isTest() || !ruled {
			continue
		}
		for _, path := range s.imports(t) {
			host, _, _ := strings.Cut(path, "/")
			if own, isOwn := strings.CutPrefix(path, module+"/"); isOwn {
				assert.Contains(t, allowed.own, own, "%s must not import %s", s.name, own)
			} else if strings.Contains(host, ".") {
				assert.True(t, slices.ContainsFunc(allowed.modules, func(m string) bool {
					return m == anyModule || path == m || strings.HasPrefix(path, m+"/")
				}), "%s must not import %s", s.name, path)
			}
		}
	}
}

// TestDeployed: the table has each function and each package below internal/ that is no proof, and what it allows stays within
// the table.
func TestDeployed(t *testing.T) {
	existing := map[string]bool{}
	for _, s := range sources(t) {
		dir := s.dir()
		existing[dir] = true
		proof := dir == "internal/memory" || strings.HasPrefix(dir, "internal/proof/")
		switch {
		case proof:
			assert.False(t, isDeployed(dir), dir)
		case strings.HasPrefix(dir, "functions/"), strings.HasPrefix(dir, "internal/"):
			assert.True(t, isDeployed(dir), "%s is deployed and needs its line in the table", dir)
		}
	}
	for dir, allowed := range deployed {
		assert.True(t, existing[dir], "%s does not exist", dir)
		for _, own := range allowed.own {
			assert.True(t, isDeployed(own), "%s must not import %s, which is not deployed", dir, own)
		}
	}
	for dir := range local {
		assert.True(t, existing[dir], "%s does not exist", dir)
		assert.False(t, isDeployed(dir), dir)
	}
}

func isDeployed(dir string) bool {
	_, has := deployed[dir]
	return has
}

// TestEnvironment: internal/app alone reads the environment, beside tests and what runs the local stack.
func TestEnvironment(t *testing.T) {
	for _, s := range sources(t) {
		if s.isTest() || s.isForTests() || s.dir() == "internal/app" || strings.HasPrefix(s.name, "localstack/") {
			continue
		}
		for _, name := range selected(s.File, "os") {
			assert.NotContains(t, []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv"}, name, s.name)
		}
	}
}
