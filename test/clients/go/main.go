// Publishes what stands on standard input, one assignment a line, with the Go clients that it names.
//
// An assignment is {"client","over","codec","mode","key","event"}; all of the same first four make a group, sent by a client
// of its own. Prints a line of JSON for each group: how many events were acknowledged, or what went wrong.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Group is what shares a client.
type Group struct {
	Client string `json:"client"`
	Over   string `json:"over"`
	Codec  string `json:"codec"`
	Mode   string `json:"mode"`
}

// Assignment is one event and how it is to be sent.
type Assignment struct {
	Group
	Key   *string `json:"key"`
	Event Event   `json:"event"`
}

// Event is a CloudEvent as the test made it.
type Event struct {
	SpecVersion string          `json:"specversion"`
	ID          string          `json:"id"`
	Source      string          `json:"source"`
	Type        string          `json:"type"`
	Time        string          `json:"time"`
	Data        json.RawMessage `json:"data"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(input io.Reader, output io.Writer) error {
	groups, byGroup, err := read(input)
	if err != nil {
		return err
	}
	reports := json.NewEncoder(output)
	for _, group := range groups {
		if err := reports.Encode(reportOf(group, byGroup[group])); err != nil {
			return err
		}
	}
	return nil
}

// Report is how a group fared. The other groups go on after a fault; the test fails by the report.
type Report struct {
	Group
	Acknowledged int    `json:"acknowledged"`
	Fault        string `json:"fault,omitempty"`
}

func reportOf(group Group, assignments []Assignment) Report {
	acknowledged, err := publish(group, assignments)
	if err != nil {
		return Report{Group: group, Fault: err.Error()}
	}
	return Report{Group: group, Acknowledged: acknowledged}
}

func read(input io.Reader) ([]Group, map[Group][]Assignment, error) {
	var groups []Group
	byGroup := map[Group][]Assignment{}
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var each Assignment
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			return nil, nil, err
		}
		if _, known := byGroup[each.Group]; !known {
			groups = append(groups, each.Group)
		}
		byGroup[each.Group] = append(byGroup[each.Group], each)
	}
	return groups, byGroup, lines.Err()
}

func publish(group Group, assignments []Assignment) (int, error) {
	switch group.Over + " " + group.Client {
	case "kafka franz-go":
		return overKafka(os.Getenv("KAFKA_BROKERS"), os.Getenv("EVENTS_TOPIC"), group, assignments)
	case "http cloudevents-go":
		return overHTTP(os.Getenv("INTAKE_URL")+"/v1/events", group.Mode, assignments)
	default:
		return 0, fmt.Errorf("no such client")
	}
}
