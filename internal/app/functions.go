package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/gateway"
	"rejoin/internal/hours"
	"rejoin/internal/push"
	"rejoin/internal/stats"
	"rejoin/internal/zone"
)

// Connect builds the function that stores connections.
func Connect(ctx context.Context) (gateway.Handler, error) {
	return build(ctx, (*gateway.Controller).Connect, envConnections)
}

// Disconnect builds the function that deletes them.
func Disconnect(ctx context.Context) (gateway.Handler, error) {
	return build(ctx, (*gateway.Controller).Disconnect,
		envConnections, envCustomers, envAgents, envRooms, envRules, envCallback)
}

// Message builds the function for the most frequent frames: texts, typing and read marks.
func Message(ctx context.Context) (gateway.Handler, error) {
	return build(ctx, (*gateway.Controller).Message, envRooms, envMessages, envAgents, envRules, envKeep, envFrames, envCallback)
}

// Room builds the function for frames of both sides about their rooms.
func Room(ctx context.Context) (gateway.Handler, error) {
	return build(ctx, (*gateway.Controller).Room,
		envRooms, envMessages, envCustomers, envAgents, envHandled, envShops, envStats, envRules, envKeep, envFrames, envCallback)
}

// Console builds the function for frames that only agents may send.
func Console(ctx context.Context) (gateway.Handler, error) {
	return build(ctx, (*gateway.Controller).Console,
		envRooms, envMessages, envCustomers, envAgents, envHandled, envCanned, envShops, envStats, envZone, envRules, envKeep, envFrames, envCallback)
}

// Sweep builds the function that checks the rooms that are due, and counts those that have ended.
func Sweep(ctx context.Context) (func(context.Context, gateway.SweepEvent) (gateway.Swept, error), error) {
	return build(ctx, (*gateway.Controller).Sweep,
		envConnections, envRooms, envMessages, envAgents, envHandled, envShops, envStats, envZone, envRules, envKeep, envCallback)
}

// build builds a handler of a controller that reads only the variables named, and so knows only their tables.
func build[H any](ctx context.Context, of func(*gateway.Controller) H, names ...string) (handler H, err error) {
	env, err := read(names...)
	if err != nil {
		return handler, err
	}
	log := logger()
	cfg, err := loadAWS(ctx, log)
	if err != nil {
		return handler, err
	}
	days, err := zone.Load(env[envZone]) // UTC for a function that reads no zone
	if err != nil {
		return handler, fmt.Errorf("%s: %w", envZone, err)
	}
	release, err := zone.Release()
	if err != nil {
		return handler, err
	}
	rules, err := env.rules()
	if err != nil {
		return handler, err
	}
	retention, keepStats, err := env.retention(rules)
	if err != nil {
		return handler, err
	}
	frames, err := env.frameLimit()
	if err != nil {
		return handler, err
	}
	store := dynamo.New(dynamodb.NewFromConfig(cfg), env.tables())
	store.Retention = retention
	opening := &hours.Service{Store: store, Clock: clock{}, Each: Each}
	counts := &stats.Service{Store: store, Clock: clock{}, Each: Each, Hours: opening, Zone: days, ZoneData: release, Keep: keepStats}
	service := &chat.Service{
		Store: store,
		Pusher: &push.Pusher{
			Client: apigatewaymanagementapi.NewFromConfig(cfg, func(o *apigatewaymanagementapi.Options) {
				callback := env[envCallback]
				o.BaseEndpoint = &callback
			}),
			Encode: gateway.Encode,
		},
		Clock:    clock{},
		IDs:      IDs{Entropy: rand.Reader},
		Rules:    rules,
		Forecast: counts,
		Snapshot: counts,
		Hours:    opening,
		Each:     Each,
		Log:      log,
	}
	return of(&gateway.Controller{FrameLimit: frames, Service: service, Stats: counts, Hours: opening, Each: Each, Now: time.Now, Log: log}), nil
}

// tables are the tables that the function may use.
func (e environment) tables() dynamo.Tables {
	return dynamo.Tables{
		Connections: e[envConnections], Rooms: e[envRooms], Messages: e[envMessages], Customers: e[envCustomers], Agents: e[envAgents],
		Canned: e[envCanned], Handled: e[envHandled], Stats: e[envStats], Shops: e[envShops],
	}
}
