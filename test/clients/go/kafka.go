// franz-go: a client a codec, everything else at its default (idempotent, sticky by key with murmur2, snappy).
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

var codecs = map[string]kgo.CompressionCodec{
	"none":   kgo.NoCompression(),
	"gzip":   kgo.GzipCompression(),
	"snappy": kgo.SnappyCompression(),
	"lz4":    kgo.Lz4Compression(),
	"zstd":   kgo.ZstdCompression(),
}

func overKafka(brokers, topic string, group Group, assignments []Assignment) (int, error) {
	options := []kgo.Opt{kgo.SeedBrokers(strings.Split(brokers, ",")...), kgo.DefaultProduceTopic(topic)}
	if codec, named := codecs[group.Codec]; named {
		options = append(options, kgo.ProducerBatchCompression(codec))
	} else if group.Codec != "default" {
		return 0, fmt.Errorf("no such codec")
	}
	client, err := kgo.NewClient(options...)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	records := make([]*kgo.Record, 0, len(assignments))
	for _, each := range assignments {
		record, err := recordOf(each)
		if err != nil {
			return 0, err
		}
		records = append(records, record)
	}
	return len(records), client.ProduceSync(ctx, records...).FirstErr()
}

// Structured mode with its content type; binary mode without one, which is JSON.
func recordOf(each Assignment) (*kgo.Record, error) {
	record := &kgo.Record{}
	if each.Key != nil {
		record.Key = []byte(*each.Key)
	}
	event := each.Event
	if each.Mode == "structured" {
		value, err := json.Marshal(event)
		record.Value = value
		record.Headers = []kgo.RecordHeader{header("content-type", "application/cloudevents+json")}
		return record, err
	}
	record.Value = event.Data
	record.Headers = []kgo.RecordHeader{
		header("ce_specversion", event.SpecVersion), header("ce_id", event.ID), header("ce_source", event.Source),
		header("ce_type", event.Type), header("ce_time", event.Time),
	}
	return record, nil
}

func header(name, value string) kgo.RecordHeader {
	return kgo.RecordHeader{Key: name, Value: []byte(value)}
}
