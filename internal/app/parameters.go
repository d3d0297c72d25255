package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
)

// parameters reads SSM parameters, decrypted.
type parameters struct{ client *ssm.Client }

// value returns a function that reads one parameter.
func (p parameters) value(name string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		out, err := p.client.GetParameter(ctx, &ssm.GetParameterInput{Name: &name, WithDecryption: aws.Bool(true)})
		if err != nil {
			return "", fmt.Errorf("read parameter: %w", err)
		}
		if out.Parameter == nil || out.Parameter.Value == nil {
			return "", errors.New("parameter has no value")
		}
		return *out.Parameter.Value, nil
	}
}

// below returns a function that reads all parameters below a path, by the rest of their names.
func (p parameters) below(path string) func(context.Context) (map[string]string, error) {
	return func(ctx context.Context) (map[string]string, error) {
		values := map[string]string{}
		pages := ssm.NewGetParametersByPathPaginator(p.client, &ssm.GetParametersByPathInput{
			Path: &path, Recursive: aws.Bool(true), WithDecryption: aws.Bool(true),
		})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return nil, fmt.Errorf("read parameters: %w", err)
			}
			for _, one := range page.Parameters {
				values[strings.TrimPrefix(aws.ToString(one.Name), path+"/")] = aws.ToString(one.Value)
			}
		}
		return values, nil
	}
}
