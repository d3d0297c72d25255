package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestExistingUserPool deploys a stage for the agents of an existing user pool, adds a second shop by the commands of
// docs/shops.md, and destroys the stage: the pool stays.
func TestExistingUserPool(t *testing.T) {
	t.Parallel()
	home := runningStack(t).account("210987654323")
	pool := home.pool(t, "chiefs")
	before := home.resources(t)
	params, err := json.Marshal(map[string]string{"UserPoolId": pool, "LoginDomain": "login.shop.example", "AdminGroup": "chiefs"})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "params.json")
	require.NoError(t, os.WriteFile(file, params, 0o600))
	home.make(t, "deploy", "STAGE=staff", "PARAMS="+file)
	staff := home.deployed(t, "staff")
	assert.True(t, strings.HasSuffix(staff.Issuer, "/"+pool), staff.Issuer)
	assert.Equal(t, before["user pools"], home.resources(t)["user pools"], "none is made")

	username := home.createAgent(t, staff, "staff", "ADMIN=1")
	desk := staff.connect(t, staff.agentToken(t, login{Username: username, Password: password})).ask("join", frame{})
	assert.Equal(t, true, desk.at("agent", "admin"))
	home.make(t, "agent", "STAGE=staff", "EMAIL="+username, "REMOVE=1")
	printed, err := home.try(t, nil, "agent", "STAGE=staff", "EMAIL="+username, "REMOVE=1")
	require.Error(t, err)
	assert.Contains(t, printed, "There is no agent "+username)
	t.Run("a shop", func(t *testing.T) { home.checkShop(t, staff) })

	home.make(t, "destroy", "STAGE=staff", "YES=staff")
	assert.Equal(t, before, home.resources(t), "of the stage nothing is left")
}

// pool creates a user pool with a group, as a company may have one.
func (a account) pool(t *testing.T, group string) (id string) {
	t.Helper()
	const service = "AWSCognitoIdentityProviderService."
	var out struct{ UserPool struct{ ID string } }
	a.call(t, "cognito-idp", service+"CreateUserPool", map[string]any{"PoolName": "company"}, &out)
	require.NotEmpty(t, out.UserPool.ID)
	var made any
	a.call(t, "cognito-idp", service+"CreateGroup", map[string]any{"UserPoolId": out.UserPool.ID, "GroupName": group}, &made)
	return out.UserPool.ID
}

// checkShop adds a shop to the stage and changes its secret: both secrets are valid until there is a third.
func (a account) checkShop(t *testing.T, s stack) {
	shop := []string{"STAGE=staff", "SITE=mugs"}
	printed := a.make(t, append([]string{"shop", "ORIGINS=https://mugs.example", "FILE=web/demo/tea.json"}, shop...)...)
	assert.Contains(t, printed, `/widget/rejoin.js" data-site="mugs"></script>`)
	a.make(t, append([]string{"secret"}, shop...)...)
	secrets := a.secrets(t, "/rejoin/staff/sites/mugs/secret")
	require.Len(t, secrets, 2)
	for _, secret := range secrets {
		mugs := s
		mugs.Site, mugs.SiteSecret = "mugs", secret
		sub := unique("cust")
		joined := mugs.connect(t, mugs.customerToken(t, sub)).ask("join", frame{"start": true})
		assert.Equal(t, "c_mugs:"+sub, joined.str("room", "customer", "id"))
	}
	a.make(t, append([]string{"secret"}, shop...)...)
	again := a.secrets(t, "/rejoin/staff/sites/mugs/secret")
	assert.Equal(t, secrets[0], again[1])
	assert.NotContains(t, again, secrets[1])

	a.make(t, append([]string{"shop", "REMOVE=1"}, shop...)...)
	out, err := a.try(t, nil, append([]string{"secret"}, shop...)...)
	require.Error(t, err)
	assert.Contains(t, out, "There is no secret /rejoin/staff/sites/mugs/secret.")
	a.make(t, append([]string{"shop", "ORIGINS=https://mugs.example"}, shop...)...) // destroy deletes this one too
}

// secrets are the lines of a parameter.
func (a account) secrets(t *testing.T, name string) []string {
	t.Helper()
	var out struct{ Parameter struct{ Value string } }
	a.call(t, "ssm", "AmazonSSM.GetParameter", map[string]any{"Name": name, "WithDecryption": true}, &out)
	return strings.Split(out.Parameter.Value, "\n")
}
