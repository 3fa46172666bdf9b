/**
 * Lint: a promise that is kept for later is handled where it is kept.
 *
 * `no-floating-promises` sees a promise that nobody takes. One that goes into a field, a map, a list or a variable counts as taken
 * there; where it rejects before anybody awaits it, Node ends the process all the same. So what is kept is `awaitedLater(…)`
 * (libs/promises/src/background.ts), has a `.catch(…)`, or is a variable that the very next await or return takes.
 */
const KEEPERS = new Set(['set', 'push', 'unshift', 'add']);
const COMBINATORS = new Set(['all', 'allSettled', 'any', 'race']);
const CHAIN = new Set(['then', 'finally']);
/** These give a promise that was looked at when it was put in. */
const GETTERS = new Set(['get', 'at', 'pop', 'shift', 'find']);
const HANDLERS = new Set(['awaitedLater', 'inBackground']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const ANY = 1;

const nameOf = ({ type, computed, property }) => (type === 'MemberExpression' && !computed ? property.name : undefined);

const isOfPromise = ({ type, callee }, names) =>
  type === 'CallExpression' &&
  callee.type === 'MemberExpression' &&
  callee.object.name === 'Promise' &&
  names.has(nameOf(callee));

/** The expressions that an expression may turn out to be. */
const outcomes = (node) => {
  switch (node.type) {
    case 'ConditionalExpression':
      return [...outcomes(node.consequent), ...outcomes(node.alternate)];
    case 'LogicalExpression':
      return [...outcomes(node.left), ...outcomes(node.right)];
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return outcomes(node.expression);
    default:
      return [node];
  }
};

/** Whether this makes a promise that may reject. One that was made elsewhere was looked at there. */
const makesOne = (node) => {
  if (node.type === 'NewExpression') return node.arguments[0]?.params?.length !== 1;
  if (node.type !== 'CallExpression' || HANDLERS.has(node.callee.name)) return false;
  return (
    nameOf(node.callee) !== 'catch' &&
    !GETTERS.has(nameOf(node.callee)) &&
    !isOfPromise(node, new Set(['resolve', 'allSettled']))
  );
};

const functionOf = (node) => {
  let at = node.parent;
  while (at != null && !FUNCTIONS.has(at.type)) at = at.parent;
  return at;
};

/** Whether what is referred to here is awaited, returned or handled here, by itself or with others. */
const isTaken = (reference) => {
  for (let at = reference; at.parent != null; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement') return true;
    if (parent.type === 'ArrowFunctionExpression') return parent.body === at;
    if (parent.type === 'MemberExpression') {
      if (nameOf(parent) === 'catch') return true;
      if (parent.object !== at || !CHAIN.has(nameOf(parent))) return false;
    } else if (parent.type === 'CallExpression') {
      if (HANDLERS.has(parent.callee.name)) return true;
      if (parent.callee !== at && !isOfPromise(parent, COMBINATORS)) return false;
    } else if (parent.type !== 'ArrayExpression') return false;
  }
  return false;
};

/** Whether the variable is taken before anything else is awaited. */
const isTakenNext = (declarator, sourceCode, awaits) => {
  const own = functionOf(declarator);
  const [first] = (sourceCode.getDeclaredVariables(declarator)[0]?.references ?? [])
    .map(({ identifier }) => identifier)
    .filter(({ range }) => range[0] >= declarator.range[1])
    .sort((a, b) => a.range[0] - b.range[0]);
  if (first === undefined || functionOf(first) !== own || !isTaken(first)) return false;
  const between = ({ range }) => range[0] >= declarator.range[1] && range[1] <= first.range[0];
  return !awaits.some((each) => between(each) && functionOf(each) === own);
};

const isHandedOn = ({ parent }) =>
  parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement' || parent.type === 'ArrowFunctionExpression';

export const storedPromise = {
  meta: {
    type: 'problem',
    messages: {
      stored: 'a promise is kept here that may reject before anybody waits for it: awaitedLater(…), or await it next',
    },
    schema: [{ type: 'object', properties: { except: { type: 'array', items: { type: 'string' } } } }],
  },
  create({ sourceCode, options, report }) {
    const { program, getTypeAtLocation } = sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const except = new Set(options[0]?.except ?? []);
    const isThenable = (type) =>
      type.isUnion()
        ? type.types.some(isThenable)
        : !(type.flags & ANY) &&
          !except.has(type.symbol?.name) &&
          checker.getPropertyOfType(type, 'then') !== undefined;
    const kept = (value) => outcomes(value).filter((node) => makesOne(node) && isThenable(getTypeAtLocation(node)));
    const look = (value) => {
      for (const node of value == null ? [] : kept(value)) report({ node, messageId: 'stored' });
    };
    const awaits = [];
    const declarators = [];
    return {
      AwaitExpression: (node) => awaits.push(node),
      AssignmentExpression: (node) => isHandedOn(node) || look(node.right),
      PropertyDefinition: ({ value }) => look(value),
      Property: ({ value, parent }) => parent.type === 'ObjectExpression' && look(value),
      ArrayExpression: ({ elements, parent }) => isOfPromise(parent, COMBINATORS) || elements.forEach(look),
      CallExpression: (node) => KEEPERS.has(nameOf(node.callee)) && node.arguments.forEach(look),
      VariableDeclarator: (node) => declarators.push(node),
      'Program:exit'() {
        for (const node of declarators) if (!isTakenNext(node, sourceCode, awaits)) look(node.init);
      },
    };
  },
};
