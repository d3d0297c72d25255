package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"rejoin/internal/chat"
)

// backupAge is longer than a table's backups go back: a restore after that cannot bring an erased customer back.
const backupAge = 36 * 24 * time.Hour

// note stores a hash of an erased customer's id as long as there are older backups, so that `make restore`
// (infra/restore.py) leaves the customer out.
func note(ctx context.Context, client *ssm.Client, stage string, who chat.PersonID, now time.Time) error {
	folder := "/rejoin/" + stage + "/erased"
	sum := sha256.Sum256([]byte(who))
	_, err := client.PutParameter(ctx, &ssm.PutParameterInput{
		Name: aws.String(folder + "/" + hex.EncodeToString(sum[:])), Type: types.ParameterTypeString, Overwrite: aws.Bool(true),
		Value: aws.String(strconv.FormatInt(now.Unix(), 10)),
	})
	if err != nil {
		return fmt.Errorf("note it for a later restore, so do it again: %w", err)
	}
	pages := ssm.NewGetParametersByPathPaginator(client, &ssm.GetParametersByPathInput{Path: &folder})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("look for old notes: %w", err)
		}
		for _, it := range page.Parameters {
			at, err := strconv.ParseInt(aws.ToString(it.Value), 10, 64)
			if err != nil || now.Sub(time.Unix(at, 0)) < backupAge {
				continue
			}
			if _, err := client.DeleteParameter(ctx, &ssm.DeleteParameterInput{Name: it.Name}); err != nil {
				return fmt.Errorf("delete an old note: %w", err)
			}
		}
	}
	return nil
}
