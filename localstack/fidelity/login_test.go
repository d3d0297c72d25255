package fidelity_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

// renewed logs an admin in at the hosted page, renews their tokens once, and returns the claims.
func (e emulator) renewed(t *testing.T) jwt.MapClaims {
	t.Helper()
	const name, password, back = "mina", "Any-words-1", "https://console.example/"
	cognito := func(action string, in map[string]any) map[string]any {
		return e.call(t, http.MethodPost, "cognito-idp", "/", "AWSCognitoIdentityProviderService."+action, in)
	}
	pool := cognito("CreateUserPool", map[string]any{"PoolName": "agents"})["UserPool"].(map[string]any)["Id"]
	client := cognito("CreateUserPoolClient", map[string]any{
		"UserPoolId": pool, "ClientName": "console", "CallbackURLs": []string{back}, "AllowedOAuthFlowsUserPoolClient": true,
		"AllowedOAuthFlows": []string{"code"}, "AllowedOAuthScopes": []string{"openid"}, "SupportedIdentityProviders": []string{"COGNITO"},
	})["UserPoolClient"].(map[string]any)["ClientId"].(string)
	cognito("CreateGroup", map[string]any{"UserPoolId": pool, "GroupName": "admins"})
	cognito("AdminCreateUser", map[string]any{"UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS"})
	cognito("AdminSetUserPassword", map[string]any{"UserPoolId": pool, "Username": name, "Password": password, "Permanent": true})
	cognito("AdminAddUserToGroup", map[string]any{"UserPoolId": pool, "Username": name, "GroupName": "admins"})

	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	form := func(path string, fields url.Values) *http.Response {
		resp, err := browser.PostForm(e.url+path, fields)
		require.NoError(t, err)
		t.Cleanup(func() { _ = resp.Body.Close() })
		return resp
	}
	entered := form("/login", url.Values{
		"client_id": {client}, "redirect_uri": {back}, "response_type": {"code"}, "scope": {"openid"}, "username": {name}, "password": {password},
	})
	at, err := entered.Location()
	require.NoError(t, err)
	tokens := func(fields url.Values) (got struct {
		ID    string `json:"id_token"`
		Renew string `json:"refresh_token"`
	}) {
		fields.Set("client_id", client)
		require.NoError(t, json.NewDecoder(form("/oauth2/token", fields).Body).Decode(&got))
		return got
	}
	first := tokens(url.Values{"grant_type": {"authorization_code"}, "code": {at.Query().Get("code")}, "redirect_uri": {back}})
	require.Equal(t, []any{"admins"}, claimsOf(t, first.ID)["cognito:groups"])
	return claimsOf(t, tokens(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first.Renew}}).ID)
}

func claimsOf(t *testing.T, token string) jwt.MapClaims {
	t.Helper()
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(token, claims)
	require.NoError(t, err)
	return claims
}
