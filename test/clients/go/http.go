// The CloudEvents SDK for Go over HTTP, with the client that it makes by default: binary mode unless the context says otherwise.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	cloudevents "github.com/cloudevents/sdk-go/v2"
	cehttp "github.com/cloudevents/sdk-go/v2/protocol/http"
)

func overHTTP(url, mode string, assignments []Assignment) (int, error) {
	events := make([]cloudevents.Event, 0, len(assignments))
	for _, each := range assignments {
		event, err := eventOf(mode, each.Event)
		if err != nil {
			return 0, err
		}
		events = append(events, event)
	}
	ctx, cancel := context.WithTimeout(cloudevents.ContextWithTarget(context.Background(), url), time.Minute)
	defer cancel()
	if mode == "batch" {
		return len(events), sendBatch(ctx, url, events)
	}
	if mode != "binary" {
		ctx = cloudevents.WithEncodingStructured(ctx)
	}
	client, err := cloudevents.NewClientHTTP(cehttp.WithHeader("Authorization", authorization()))
	if err != nil {
		return 0, err
	}
	for _, event := range events {
		if result := client.Send(ctx, event); !cloudevents.IsACK(result) {
			return 0, fmt.Errorf("%s: %w", event.ID(), result)
		}
	}
	return len(events), nil
}

// Data given as a value is written as JSON; given as bytes it goes out as data_base64 in structured mode.
func eventOf(mode string, from Event) (cloudevents.Event, error) {
	event := cloudevents.NewEvent()
	event.SetID(from.ID)
	event.SetSource(from.Source)
	event.SetType(from.Type)
	instant, err := time.Parse(time.RFC3339, from.Time)
	if err != nil {
		return event, err
	}
	event.SetTime(instant)
	if mode == "base64" {
		return event, event.SetData(cloudevents.ApplicationJSON, []byte(from.Data))
	}
	return event, event.SetData(cloudevents.ApplicationJSON, from.Data)
}

func sendBatch(ctx context.Context, url string, events []cloudevents.Event) error {
	request, err := cehttp.NewHTTPRequestFromEvents(ctx, url, events)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", authorization())
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusAccepted {
		return fmt.Errorf("%s", answer.Status)
	}
	return nil
}

func authorization() string {
	return "Bearer " + os.Getenv("API_KEY")
}
