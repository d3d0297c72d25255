package main

import _ "embed"

// regions are the regions of the price file, in the order in which they are printed.
var regions = []string{"us-east-1", "ap-northeast-2"}

// item is one line of the bill, by service and name.
type item struct{ service, line string }

// price is what one unit of a line costs.
type price struct {
	Service    string             `json:"service"`
	Line       string             `json:"line"`
	Unit       string             `json:"unit"`
	USD        map[string]float64 `json:"usd"`                  // by region; the first tier
	Free       float64            `json:"free,omitempty"`       // units a month that are free for every account, always
	Date       string             `json:"date"`                 // when it was looked up
	Source     string             `json:"source"`               // AWS's page or price list
	Unverified map[string]string  `json:"unverified,omitempty"` // by region, why it could not be looked up
}

func (p price) item() item { return item{p.Service, p.Line} }

//go:embed prices.json
var pricesJSON []byte

func prices() (list []price, err error) { return list, decode(pricesJSON, &list) }
