import ts from 'typescript';

/** Properties whose value is read by users: OpenAPI, metrics, CLIs, problems, faults of a value and service configuration. */
const TEXTS: ReadonlySet<string> = new Set([
  'summary',
  'description',
  'help',
  'title',
  'advice',
  'detail',
  'hint',
  'message',
  'error',
]);

/** Calls whose first argument is read by users: descriptions of a schema, lines of the log, and the output of a CLI. */
const CALLS: ReadonlySet<string> = new Set(['describe', 'debug', 'info', 'warn', 'error', 'write', 'print']);

/** A text for users, and the line that it begins in. */
export interface PublicText {
  line: number;
  text: string;
}

/** Finds the texts for users in a source file: descriptions, log lines, properties such as `help`, and `USAGE` of a command. */
export function publicTexts(file: string, source: string): PublicText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: PublicText[] = [];
  const visit = (node: ts.Node): void => {
    const value = textValue(node);
    if (value) {
      const line = tree.getLineAndCharacterOfPosition(value.getStart()).line + 1;
      found.push(...literals(value).map((text) => ({ line, text })));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function textValue(node: ts.Node): ts.Expression | undefined {
  if (ts.isPropertyAssignment(node)) return TEXTS.has(node.name.getText()) ? node.initializer : undefined;
  if (ts.isVariableDeclaration(node)) return node.name.getText() === 'USAGE' ? node.initializer : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
  return CALLS.has(called.getText()) ? node.arguments[0] : undefined;
}

/** The texts that an expression is made of: each branch of a condition is one, and so is each whole sum of strings. */
function literals(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (!ts.isBinaryExpression(node)) return [];
  const [left, right] = [literals(node.left), literals(node.right)];
  return node.operatorToken.kind === ts.SyntaxKind.PlusToken ? [[...left, ...right].join('')] : [...left, ...right];
}
