package e2e_test

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTwoStages deploys two stages with the parameters of production to one account, by the commands of docs/deploy.md.
// People talk while one stage is deployed again: nothing is lost, and the other stage is not affected. Of a destroyed stage
// nothing is left.
func TestTwoStages(t *testing.T) {
	t.Parallel()
	home := runningStack(t).account("210987654321")
	none := home.resources(t)
	t.Run("what fails leaves nothing in the way", func(t *testing.T) { home.failsToDeploy(t, runningStack(t)) })
	home.make(t, "deploy", "STAGE=trial", "PARAMS=infra/stages/prod.json")
	one := home.resources(t)
	for kind := range one {
		assert.Greater(t, one[kind], none[kind], "a stage has %s", kind)
	}
	trial := home.deployed(t, "trial")
	home.checkProtected(t, "trial")
	bystander, room, token, _ := trial.customer(t)
	bystander.stayAway() // what happens to the other stage closes no connection of this one
	say(bystander, room, 1, "Does anybody notice?")

	t.Run("origins are those that browsers send", func(t *testing.T) { home.acceptsUnicodeOrigin(t, trial) })

	printed := home.make(t, "deploy", "STAGE=prod")
	prod := home.deployed(t, "prod")
	t.Run("what is printed", func(t *testing.T) { home.checkPrintedLine(t, prod, printed) })
	t.Run("what has not changed is not deployed again", func(t *testing.T) {
		before := home.revisions(t)
		home.make(t, "deploy", "STAGE=prod")
		assert.Equal(t, before, home.revisions(t))
	})
	t.Run("secrets are apart", func(t *testing.T) {
		_, resp, err := trial.dial(t, prod.customerToken(t, unique("cust")), nil)
		require.Error(t, err)
		assert.Equal(t, http.StatusForbidden, resp.StatusCode)
	})
	t.Run("deployed again under load", func(t *testing.T) { home.deployUnderLoad(t, prod) })

	home.make(t, "destroy", "STAGE=prod", "YES=prod")
	assert.Equal(t, one, home.resources(t), "of prod nothing is left, of trial all")
	say(bystander, room, 2, "Nobody.")
	again := trial.connect(t, token).ask("join", frame{"room": room, "since": 0})
	assert.Equal(t, []string{"Does anybody notice?", "Nobody."}, again.texts())
	home.make(t, "destroy", "STAGE=trial", "YES=trial")
	assert.Equal(t, none, home.resources(t))
}

// checkProtected checks that only `make destroy` can delete the stage.
func (a account) checkProtected(t *testing.T, stage string) {
	t.Helper()
	for _, table := range []string{"rooms", "messages", "connections"} {
		var of struct {
			Table struct{ DeletionProtectionEnabled bool }
		}
		a.call(t, "dynamodb", "DynamoDB_20120810.DescribeTable", map[string]any{"TableName": "rejoin-" + stage + "-" + table}, &of)
		assert.True(t, of.Table.DeletionProtectionEnabled, table)
	}
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	ask := []byte("Action=DescribeStacks&Version=2010-05-15&StackName=rejoin-" + stage)
	told, _ := a.send(t, http.MethodPost, "cloudformation", a.AWS+"/", form, ask)
	assert.Contains(t, string(told), "<EnableTerminationProtection>true</EnableTerminationProtection>")
}

// acceptsUnicodeOrigin creates a shop with a Korean domain, and connects with the Origin that a browser sends for it.
func (a account) acceptsUnicodeOrigin(t *testing.T, trial stack) {
	a.make(t, "shop", "STAGE=trial", "SITE=hanok", "ORIGINS=HTTPS://한옥.example:443/")
	trial.Site = "hanok"
	conn, _, err := trial.dial(t, visitorToken(t, visitorKey(t)), http.Header{"Origin": {"https://xn--wk5b71z.example"}})
	require.NoError(t, err)
	require.NoError(t, conn.CloseNow())
	a.make(t, "shop", "STAGE=trial", "SITE=hanok", "REMOVE=1")
}

var pinned = regexp.MustCompile(`<script async src="\S+/(widget/rejoin-\S+\.js)" integrity="sha384-(\S+)" crossorigin></script>`)

// checkPrintedLine takes the line for a shop's page from what was printed, and checks the file by its hash as a browser does.
func (a account) checkPrintedLine(t *testing.T, prod stack, printed string) {
	line := pinned.FindStringSubmatch(printed)
	require.NotNil(t, line, "%s", printed)
	loader, cache := a.page(t, "prod", line[1])
	sum := sha512.Sum384(loader)
	assert.Equal(t, base64.StdEncoding.EncodeToString(sum[:]), line[2])
	assert.Equal(t, "public, max-age=31536000, immutable", cache, "it is named by its content")
	for name, want := range map[string]string{
		"widget/rejoin.js":   "public, max-age=300, s-maxage=86400",
		"console/index.html": "public, max-age=0, s-maxage=86400",
		"config.json":        "public, max-age=0, s-maxage=86400",
	} {
		_, cache := a.page(t, "prod", name)
		assert.Equal(t, want, cache, name)
	}
	assert.Contains(t, printed, prod.WS)
}

// failsToDeploy deploys while another account has the name of a bucket. The next deployment, once the name is free, succeeds.
func (a account) failsToDeploy(t *testing.T, other stack) {
	bucket := other.AWS + "/rejoin-trial-web"
	other.send(t, http.MethodPut, "s3", bucket, nil, nil)
	out, err := a.try(t, nil, "deploy", "STAGE=trial")
	require.Error(t, err)
	assert.Contains(t, out, "\nrejoin-trial was not changed (ROLLBACK_COMPLETE): WebBucket: ")
	other.send(t, http.MethodDelete, "s3", bucket, nil, nil)
}

// TestDeployErrorsSayWhatIsMissing: in one sentence, before anything is built.
func TestDeployErrorsSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	home := runningStack(t).account("210987654322")
	for name, tc := range map[string]struct {
		env  []string
		make []string
		said string
	}{
		"stage":       {nil, []string{"deploy"}, "Say which stage, for instance STAGE=prod."},
		"name":        {nil, []string{"deploy", "STAGE=Prod_1"}, "STAGE=Prod_1 cannot be a stage's name: use up to 16 of a-z and 0-9, with a letter first."},
		"Cognito":     {nil, []string{"deploy", "STAGE=paws"}, "STAGE=paws is refused: it has to be at most 16 characters of a-z and 0-9, beginning with a letter, without the words aws, "},
		"parameters":  {nil, []string{"deploy", "STAGE=prod", "PARAMS=none.json"}, `none.json is not a file like {"TimeZone": "Asia/Seoul"}: `},
		"origins":     {nil, []string{"shop", "STAGE=prod", "SITE=tea", "ORIGINS=https://tea.example?utm=1"}, `"https://tea.example?utm=1" is not a web origin: `},
		"deployment":  {nil, []string{"agent", "STAGE=prod", "EMAIL=mina@shop.example"}, "There is no stage prod in account 210987654322, ap-northeast-2: "},
		"address":     {nil, []string{"agent", "STAGE=prod", "EMAIL=mina"}, "EMAIL=mina is not an e-mail address: "},
		"anything":    {nil, []string{"destroy", "STAGE=prod", "YES=prod"}, "There is no stage prod in account 210987654322, ap-northeast-2."},
		"region":      {[]string{"AWS_REGION="}, []string{"destroy", "STAGE=prod"}, "No region is chosen: set AWS_REGION, "},
		"credentials": {[]string{"AWS_ACCESS_KEY_ID=", "AWS_EC2_METADATA_DISABLED=true"}, []string{"destroy", "STAGE=prod"}, "No AWS credentials were found: "},
		"profile":     {[]string{"AWS_PROFILE=none"}, []string{"destroy", "STAGE=prod"}, "The config profile (none) could not be found: "},
		"network":     {[]string{"AWS_ENDPOINT_URL=http://localhost:1"}, []string{"destroy", "STAGE=prod"}, "Nothing answers at http://localhost:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			none := filepath.Join(t.TempDir(), "none") // with another HOME Go would rebuild everything
			out, err := home.try(t, append([]string{"AWS_CONFIG_FILE=" + none, "AWS_SHARED_CREDENTIALS_FILE=" + none}, tc.env...), tc.make...)
			require.Error(t, err)
			assert.Contains(t, out, "\n"+tc.said)
			assert.NotContains(t, out, "Traceback")
			assert.NotContains(t, out, "Building")
		})
	}
}

// deployUnderLoad lets people talk while their stage is deployed with other code and other parameters.
func (a account) deployUnderLoad(t *testing.T, prod stack) {
	const seed = 1
	f := newFire(t, prod)
	role := []string{"ADMIN=1"}
	createAgent := func() string {
		username := a.createAgent(t, prod, "prod", role...)
		claims := jwt.MapClaims{}
		_, _, err := jwt.NewParser().ParseUnverified(prod.agentToken(t, login{Username: username, Password: password}), claims)
		require.NoError(t, err)
		if len(role) > 0 {
			assert.Equal(t, []any{"admins"}, claims["cognito:groups"])
		} else {
			assert.NotContains(t, claims, "cognito:groups")
		}
		role = nil
		return username
	}
	f.openPages(seed, createAgent, func(string) *network { return &network{ws: prod.WS} })
	stop := make(chan struct{})
	var all sync.WaitGroup
	for i, d := range f.devices {
		all.Go(func() { f.act(d, rand.New(rand.NewPCG(seed, uint64(100+i))), stop) })
	}
	f.waitForTexts(10)

	before, _, _ := f.ledger.Sums()
	revision := a.revision(t, "message")
	changed := filepath.Join(t.TempDir(), "changed.json")
	require.NoError(t, os.WriteFile(changed, []byte(`{"AllowedOrigins": ["https://www.example.com"], "KeepTexts": 30}`), 0o600))
	out, err := a.try(t, []string{"GOFLAGS=-gcflags=rejoin/...=-l"}, "deploy", "STAGE=prod", "PARAMS="+changed) // another binary of the same source
	require.NoError(t, err, out)
	assert.NotEqual(t, revision, a.revision(t, "message"))
	during, _, _ := f.ledger.Sums()
	assert.Greater(t, during, before, "people talked meanwhile")
	f.waitForTexts(during + 10)

	close(stop)
	all.Wait()
	f.waitForCalm()
	f.verify()
}

// revisions returns the revision of each function of prod.
func (a account) revisions(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, function := range []string{"authorize", "connect", "disconnect", "message", "room", "console", "sweep"} {
		all[function] = a.revision(t, function)
	}
	return all
}

// revision changes with a function's code and configuration.
func (a account) revision(t *testing.T, function string) string {
	t.Helper()
	var out struct {
		RevisionID string `json:"RevisionId"`
	}
	body, _ := a.send(t, http.MethodGet, "lambda", a.AWS+"/2015-03-31/functions/rejoin-prod-"+function+"/configuration", nil, nil)
	require.NoError(t, json.Unmarshal(body, &out))
	require.NotEmpty(t, out.RevisionID)
	return out.RevisionID
}
