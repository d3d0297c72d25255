package app

import (
	"os"
	"strings"
)

// Names of environment variables. infra/template.yaml sets exactly those that a function's builder reads.
const (
	envConnections = "CONNECTIONS_TABLE"
	envRooms       = "ROOMS_TABLE"
	envMessages    = "MESSAGES_TABLE"
	envCustomers   = "CUSTOMERS_TABLE"
	envAgents      = "AGENTS_TABLE"
	envCanned      = "CANNED_TABLE"
	envHandled     = "HANDLED_TABLE"
	envStats       = "STATS_TABLE"
	envShops       = "SHOPS_TABLE"
	envZone        = "TIME_ZONE"             // IANA name of the zone whose days the statistics store
	envRules       = "RULES"                 // times in seconds: abandon=600,…,waiting=2000; keepLeft=7 in days, which may have decimals
	envKeep        = "KEEP"                  // in days, 0 for ever: texts=365,rooms=365,statistics=0
	envFrames      = "FRAMES"                // of one connection: atOnce=50,perSecond=10
	envCallback    = "CALLBACK_URL"          // base of @connections
	envIssuer      = "ISSUER"                // iss of agents' tokens
	envKeys        = "JWKS_URL"              // its keys
	envClient      = "CLIENT_ID"             // aud of agents' tokens
	envAdmins      = "ADMIN_GROUP"           // whose members are admins
	envSecret      = "SITE_SECRET_PARAMETER" // name in SSM of the secret that signs customers' tokens
	envOrigins     = "ALLOWED_ORIGINS"       // separated by commas
	envConnects    = "CONNECTS_FROM_ONE"     // new connections of one address in a minute
	envNetworkKey  = "NETWORK_KEY"           // the key of the hashes of customers' networks
	envSites       = "SITES_PATH"            // path in SSM of the named sites, as auth.NewSites reads them
	envEdge        = "EDGE"                  // whether clients connect through the distribution: noEdge, openEdge or waf
	envEdgeSecret  = "EDGE_SECRET_PARAMETER" // name in SSM of the secret that the distribution adds, as auth.NewEdge reads it
	envStack       = "STACK"                 // the stack's name, in metrics and logs; every function has it
)

// environment is the values of the variables that a function reads.
type environment map[string]string

// MissingError names the variables that are empty.
type MissingError struct{ Names []string }

func (e *MissingError) Error() string {
	return "not set in the environment: " + strings.Join(e.Names, ", ")
}

// read reads variables. *MissingError if any is empty.
func read(names ...string) (environment, error) {
	env := environment{}
	var missing []string
	for _, name := range names {
		env[name] = os.Getenv(name)
		if env[name] == "" {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return nil, &MissingError{Names: missing}
	}
	return env, nil
}
