/**
 * Sends a consumer's partition elsewhere, where there is a consumer to be sent.
 *
 * One that has crashed and is about to start again belongs to no group for a moment, and kafkajs throws. It starts at what is committed
 * and every place is looked at again when it has joined, so nothing is lost by not telling it.
 */
import type { Consumer, TopicPartitionOffset } from 'kafkajs';
import { isKafkaError } from './errors.js';

/** @returns whether the consumer could be told */
export const seek = (consumer: Pick<Consumer, 'seek'>, to: TopicPartitionOffset): boolean => {
  try {
    consumer.seek(to);
    return true;
  } catch (error) {
    if (!isKafkaError(error)) throw error;
    return false;
  }
};
