// Command promcheck checks what Prometheus and Grafana are given, with Prometheus's own parsers:
// alert rules (*.yaml) and the queries of a dashboard (*.json). It is a module of its own, since
// these need more modules than Verbatim.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	wrong := 0
	for _, file := range os.Args[1:] {
		check := rules
		if strings.HasSuffix(file, ".json") {
			check = dashboard
		}
		count, errs := check(file)
		for _, err := range errs {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
		}
		wrong += len(errs)
		fmt.Printf("%s: %d queries\n", file, count)
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

var promql = parser.NewParser(parser.Options{})

// rules parses a file of rules, their queries included.
func rules(file string) (count int, errs []error) {
	groups, errs := rulefmt.ParseFile(file, false, model.UTF8Validation, promql, slog.Default())
	if groups != nil {
		for _, g := range groups.Groups {
			count += len(g.Rules)
		}
	}
	return count, errs
}

// dashboard parses the queries of a dashboard.
func dashboard(file string) (count int, errs []error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return 0, []error{err}
	}
	var d struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return 0, []error{err}
	}
	for _, p := range d.Panels {
		for _, t := range p.Targets {
			count++
			if _, err := promql.ParseExpr(strings.ReplaceAll(t.Expr, "$__rate_interval", "5m")); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", p.Title, err))
			}
		}
	}
	return count, errs
}
