package main

import (
	"fmt"
	"maps"
	"slices"
)

// row is a line of the bill: the quantity, and its cost in each region.
type row struct {
	price
	used float64
	usd  map[string]float64
}

// bill prices quantities. An item without a price is an error.
func bill(used map[item]float64, list []price, free bool) ([]row, error) {
	left := maps.Clone(used)
	rows := make([]row, 0, len(list))
	for _, p := range list {
		r := row{price: p, used: used[p.item()], usd: map[string]float64{}}
		delete(left, p.item())
		paid := r.used
		if free {
			paid = max(0, paid-p.Free)
		}
		for region, usd := range p.USD {
			r.usd[region] = paid * usd
		}
		rows = append(rows, r)
	}
	for without := range left {
		return nil, fmt.Errorf("%s, %s: the price file has no price", without.service, without.line)
	}
	return rows, nil
}

// total is the cost of all rows in a region.
func total(rows []row, region string) (usd float64) {
	for _, r := range rows {
		usd += r.usd[region]
	}
	return usd
}

// unverified lists the used lines whose prices could not be looked up.
func unverified(rows []row) (notes []string) {
	for _, r := range rows {
		for _, region := range slices.Sorted(maps.Keys(r.Unverified)) {
			if r.used > 0 {
				notes = append(notes, fmt.Sprintf("%s, %s, in %s: %s", r.Service, r.Line, region, r.Unverified[region]))
			}
		}
	}
	return notes
}
