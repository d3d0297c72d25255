package layout

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// may is which of the project's packages a package may know.
var may = map[string][]string{
	"internal/chat":             {},
	"internal/memory":           {"internal/chat"},
	"internal/proof/contract":   {"internal/chat", "internal/memory"},
	"internal/auth":             {"internal/chat"},
	"internal/stats":            {"internal/chat"},
	"internal/zone":             {},
	"internal/gateway":          {"internal/chat", "internal/stats", "internal/auth", "internal/telemetry", "internal/zone"},
	"internal/telemetry":        {},
	"internal/dynamo":           {"internal/chat"},
	"internal/proof/dynamotest": {"internal/dynamo", "infra"},
	"internal/push":             {"internal/chat"},
	"internal/app":              {"internal/chat", "internal/stats", "internal/auth", "internal/gateway", "internal/dynamo", "internal/push", "internal/telemetry", "internal/zone"},
	"internal/proof/sim/client": {},
	"internal/proof/sim/law":    {"internal/chat", "internal/memory", "internal/stats", "internal/proof/sim/client"},
	"internal/proof/sim/report": {"internal/memory", "internal/proof/sim/world"},
	"internal/proof/sim":        {"internal/proof/sim/report"},
	"infra/cost":                {"infra"},
	"infra/origins":             {"internal/auth"},
	"functions/authorize":       {"internal/app"},
	"functions/connect":         {"internal/app"},
	"functions/disconnect":      {"internal/app"},
	"functions/message":         {"internal/app"},
	"functions/room":            {"internal/app"},
	"functions/console":         {"internal/app"},
	"functions/sweep":           {"internal/app"},
}

// foreign is which modules of others a package may use; for those that are not here, any.
var foreign = map[string][]string{
	"internal/chat":             {"golang.org/x/text"},
	"internal/stats":            {},
	"internal/zone":             {},
	"internal/auth":             {"github.com/golang-jwt/jwt/v5", "golang.org/x/net/idna"},
	"internal/gateway":          {"github.com/aws/aws-lambda-go"},
	"internal/telemetry":        {"github.com/aws/aws-lambda-go/lambdacontext"},
	"internal/proof/sim/client": {},
	"internal/proof/sim/law":    {},
	"internal/proof/sim/report": {},
	"internal/proof/sim":        {},
	"infra/cost":                {},
	"infra/origins":             {},
	"functions/authorize":       {},
	"functions/connect":         {},
	"functions/disconnect":      {},
	"functions/message":         {},
	"functions/room":            {},
	"functions/console":         {},
	"functions/sweep":           {},
}

// TestArrows holds who knows whom: the service nobody, controller and repository the service but not each other.
func TestArrows(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sources(t) {
		seen[s.dir()] = true
		if s.isTest() {
			continue
		}
		for _, imported := range s.imports(t) {
			first, _, _ := strings.Cut(imported, "/")
			own, isOwn := strings.CutPrefix(imported, module+"/")
			switch {
			case isOwn:
				if known, ruled := may[s.dir()]; ruled {
					assert.Contains(t, known, own, "%s may not know %s", s.name, own)
				}
			case strings.Contains(first, "."):
				if modules, ruled := foreign[s.dir()]; ruled {
					assert.True(t, isWithin(modules, imported), "%s may not use %s", s.name, imported)
				}
			}
		}
	}
	for dir := range may {
		assert.True(t, seen[dir], "%s is ruled here, but is not there", dir)
	}
	for dir := range seen {
		if strings.HasPrefix(dir, "functions/") {
			assert.Contains(t, may, dir, "a new function needs its arrows")
		}
	}
}

func isWithin(modules []string, imported string) bool {
	for _, m := range modules {
		if imported == m || strings.HasPrefix(imported, m+"/") {
			return true
		}
	}
	return false
}

// TestDeployed holds that what proves the project stays out of the functions.
func TestDeployed(t *testing.T) {
	imports := map[string][]string{}
	var reached []string
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		for _, imported := range s.imports(t) {
			if own, isOwn := strings.CutPrefix(imported, module+"/"); isOwn {
				imports[s.dir()] = append(imports[s.dir()], own)
			}
		}
		if strings.HasPrefix(s.dir(), "functions/") && !slices.Contains(reached, s.dir()) {
			reached = append(reached, s.dir())
		}
	}
	for i := 0; i < len(reached); i++ {
		dir := reached[i]
		assert.False(t, dir == "internal/memory" || strings.HasPrefix(dir, "internal/proof/"), "%s is deployed", dir)
		for _, own := range imports[dir] {
			if !slices.Contains(reached, own) {
				reached = append(reached, own)
			}
		}
	}
	assert.Contains(t, reached, "internal/dynamo")
}

// TestEnvironment holds that one package reads the environment.
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
