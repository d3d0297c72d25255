package people

import (
	"context"
	"fmt"
	"path"
)

// LogIn returns an agent's ID token. The stage's app client must allow USER_PASSWORD_AUTH, as it does on an emulator.
func (s Stack) LogIn(ctx context.Context, username, password string) (token string, err error) {
	var out struct {
		AuthenticationResult struct {
			IDToken string `json:"IdToken"`
		}
	}
	err = s.cognito(ctx, "InitiateAuth", map[string]any{
		"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": s.ClientID,
		"AuthParameters": map[string]string{"USERNAME": username, "PASSWORD": password},
	}, &out)
	if err == nil && out.AuthenticationResult.IDToken == "" {
		err = fmt.Errorf("%s has to do more than to give a password", username)
	}
	return out.AuthenticationResult.IDToken, err
}

// CreateAgent creates an agent whose name is their username. An emulator alone lets anybody do it.
func (s Stack) CreateAgent(ctx context.Context, username, password string) error {
	pool := path.Base(s.Issuer)
	if err := s.cognito(ctx, "AdminCreateUser", map[string]any{
		"UserPoolId": pool, "Username": username, "MessageAction": "SUPPRESS",
		"UserAttributes": []map[string]string{{"Name": "name", "Value": username}},
	}, nil); err != nil {
		return err
	}
	return s.cognito(ctx, "AdminSetUserPassword", map[string]any{
		"UserPoolId": pool, "Username": username, "Password": password, "Permanent": true,
	}, nil)
}

func (s Stack) cognito(ctx context.Context, action string, in, out any) error {
	return s.Call(ctx, "cognito-idp", "AWSCognitoIdentityProviderService."+action, in, out)
}
