/** Kafka's access-control list: who may do what with which topics, groups and transactions. */
import kafkajs, { type AclEntry } from 'kafkajs';
import type { Kafka } from './port.js';

// Not among the names that Node finds in a CommonJS module.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

const resources = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  transaction: AclResourceTypes.TRANSACTIONAL_ID,
  cluster: AclResourceTypes.CLUSTER,
} as const;
const operations = {
  all: AclOperationTypes.ALL,
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
} as const;

export interface Right {
  readonly principal: string;
  readonly resource: keyof typeof resources;
  readonly name: string;
  /** Whether the name is what names begin with. */
  readonly isPrefix?: boolean;
  readonly may: keyof typeof operations;
}

/** Gives rights; one that is given twice is one. */
export const giveRights = async (kafka: Kafka, rights: readonly Right[]): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.createAcls({ acl: rights.map(entryOf) });
  } finally {
    await admin.disconnect();
  }
};

const entryOf = ({ principal, resource, name, isPrefix = false, may }: Right): AclEntry => ({
  principal: `User:${principal}`,
  host: '*',
  operation: operations[may],
  permissionType: AclPermissionTypes.ALLOW,
  resourceType: resources[resource],
  resourceName: name,
  resourcePatternType: isPrefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
});
