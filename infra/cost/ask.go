package main

import (
	"errors"
	"flag"
	"io"

	"rejoin/infra"
)

// ask reads the parameters and computes the report.
func ask(arguments []string) (report, error) {
	var r report
	flags := flag.NewFlagSet("cost", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says what is wrong
	for _, f := range []struct {
		into    *float64
		name    string
		normal  float64
		meaning string
	}{
		{&r.month.chats, "CHATS", 3000, "chats a month"},
		{&r.month.texts, "MESSAGES", 20, "texts in a chat"},
		{&r.month.minutes, "MINUTES", 10, "that a chat takes"},
		{&r.month.visits, "VISITS", 100_000, "page views with the widget, a month"},
		{&r.month.agents, "AGENTS", 3, "agents online"},
		{&r.month.hours, "HOURS", 8, "of each day on which they are"},
		{&r.month.ms, "MS", 10, "that a function waits for one call"},
	} {
		flags.Float64Var(f.into, f.name, f.normal, f.meaning)
	}
	flags.StringVar(&r.month.edge, "EDGE", noEdge, "where clients connect: none, open or waf")
	flags.BoolVar(&r.free, "FREE", true, "take off what is free for every account for ever")
	if err := flags.Parse(arguments); err != nil {
		return report{}, err
	}
	if m := r.month; min(m.chats, m.texts, m.visits, m.agents, m.hours, m.ms) < 0 || m.minutes <= 0 || m.hours > 24 {
		return report{}, errors.New("nothing may be below zero, a chat takes time, and a day has 24 hours")
	}
	if err := checkEdge(r.month.edge); err != nil {
		return report{}, err
	}
	t, err := infra.Read()
	if err != nil {
		return report{}, err
	}
	r.month.alarms, r.month.boards = alarmed(t), float64(len(t.OfType("AWS::CloudWatch::Dashboard")))
	r.month.parameters = float64(len(t.OfType("AWS::SSM::Parameter"))) + 1 // and the shop's secret
	if r.month.rates, err = ratesOf(t); err != nil {
		return report{}, err
	}
	list, err := prices()
	if err != nil {
		return report{}, err
	}
	if r.events, err = counted(); err != nil {
		return report{}, err
	}
	if r.own, err = bill(r.month.usage(r.events), list, r.free); err != nil {
		return report{}, err
	}
	r.sample, err = bill(r.month.sampleUsage(), list, r.free)
	r.notes = unverified(r.own)
	return r, err
}

// alarmed is how many metrics the template's alarms watch; each is billed.
func alarmed(t infra.Template) (n float64) {
	for _, alarm := range t.OfType("AWS::CloudWatch::Alarm") {
		if _, single := alarm.Properties["MetricName"]; single {
			n++
		}
		parts, _ := alarm.Properties["Metrics"].([]any)
		for _, part := range parts {
			if _, found := part.(map[string]any)["MetricStat"]; found {
				n++
			}
		}
	}
	return n
}
