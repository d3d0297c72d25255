package app

import (
	"os"
	"strings"
)

// Names of the environment. infra/template.yaml gives each function those that its builder asks for, and no other.
const (
	envConnections = "CONNECTIONS_TABLE"
	envRooms       = "ROOMS_TABLE"
	envMessages    = "MESSAGES_TABLE"
	envCustomers   = "CUSTOMERS_TABLE"
	envAgents      = "AGENTS_TABLE"
	envCanned      = "CANNED_TABLE"
	envHandled     = "HANDLED_TABLE"
	envStats       = "STATS_TABLE"
	envZone        = "TIME_ZONE"             // IANA name of the zone whose days have statistics of their own
	envRules       = "RULES"                 // in seconds: abandon=600,left=600,away=120,warn=600,idle=900,look=600,silent=300
	envKeep        = "KEEP"                  // in days, 0 for ever: texts=365,rooms=365,statistics=0
	envCallback    = "CALLBACK_URL"          // base of @connections
	envIssuer      = "ISSUER"                // iss of agents' tokens
	envKeys        = "JWKS_URL"              // its keys
	envClient      = "CLIENT_ID"             // aud of agents' tokens
	envAdmins      = "ADMIN_GROUP"           // whose members are admins
	envSecret      = "SITE_SECRET_PARAMETER" // name in SSM of the secret that signs known customers' tokens
	envOrigins     = "ALLOWED_ORIGINS"       // separated by commas
	envSites       = "SITES_PATH"            // in SSM, below which named sites stand, as auth.NewSites reads them
	envStack       = "STACK"                 // whose metrics they are; all functions have it
)

// environment is what a function was given.
type environment map[string]string

// MissingError tells which names of a function's environment are empty.
type MissingError struct{ Names []string }

func (e *MissingError) Error() string {
	return "not set in the environment: " + strings.Join(e.Names, ", ")
}

// read reads what a function needs. *MissingError when anything of it is empty.
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
