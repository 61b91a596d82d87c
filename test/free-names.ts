import type { Node } from 'acorn'

/** A name that a script uses but does not declare, with where. `typeof NAME` is no use: it never throws. */
export interface FreeName {
  readonly name: string
  readonly start: number
}

type Scope = { readonly names: Set<string>; readonly parent: Scope | undefined }
type Tree = Node & { readonly [key: string]: unknown }

/** The free names of a parsed script, by lexical scope; `var` and functions are hoisted. */
export function findFreeNames(program: Node): readonly FreeName[] {
  const found: FreeName[] = []
  visit(program as Tree, open(undefined))
  return found

  function visit(node: Tree, scope: Scope): void {
    switch (node.type) {
      case 'Program':
        hoist(node, scope)
        statementsOf(node).forEach((statement) => collect(statement, scope))
        children(node).forEach((child) => visit(child, scope))
        return
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'SwitchStatement':
      case 'CatchClause': {
        const inner = open(scope)
        if (node.type === 'CatchClause') declare(node['param'] as Tree | null, inner)
        statementsOf(node).forEach((statement) => collect(statement, inner))
        children(node).forEach((child) => visit(child, inner))
        return
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        const inner = open(scope)
        const id = node['id'] as Tree | null
        if (node.type === 'FunctionExpression') declare(id, inner)
        if (node.type !== 'ArrowFunctionExpression') inner.names.add('arguments')
        const params = node['params'] as readonly Tree[]
        params.forEach((param) => declare(param, inner))
        params.forEach((param) => visit(param, inner))
        hoist(node['body'] as Tree, inner)
        visit(node['body'] as Tree, inner)
        return
      }
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const inner = open(scope)
        declare(node['id'] as Tree | null, inner)
        children(node).forEach((child) => visit(child, inner))
        return
      }
      case 'MemberExpression':
        visit(node['object'] as Tree, scope)
        if (node['computed']) visit(node['property'] as Tree, scope)
        return
      case 'Property':
      case 'MethodDefinition':
        if (node['computed']) visit(node['key'] as Tree, scope)
        visit(node['value'] as Tree, scope)
        return
      case 'LabeledStatement':
        visit(node['body'] as Tree, scope)
        return
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        return
      case 'UnaryExpression': {
        const argument = node['argument'] as Tree
        if (node['operator'] !== 'typeof' || argument.type !== 'Identifier') visit(argument, scope)
        return
      }
      case 'Identifier':
        if (!isDeclared(node['name'] as string, scope)) found.push({ name: node['name'] as string, start: node.start })
        return
      default:
        children(node).forEach((child) => visit(child, scope))
    }
  }
}

// The statements whose `let`, `const`, `class` and `function` belong to the scope of a node.
function statementsOf(node: Tree): readonly Tree[] {
  if (node.type === 'SwitchStatement')
    return (node['cases'] as readonly Tree[]).flatMap((one) => one['consequent'] as readonly Tree[])
  return children(node)
}

function collect(statement: Tree, scope: Scope): void {
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
    declare(statement['id'] as Tree, scope)
  if (statement.type === 'VariableDeclaration') declareAll(statement, scope)
}

// `var` belongs to the function, from whatever depth.
function hoist(node: Tree, scope: Scope): void {
  if (/Function|Class/.test(node.type)) return
  if (node.type === 'VariableDeclaration' && node['kind'] === 'var') declareAll(node, scope)
  children(node).forEach((child) => hoist(child, scope))
}

function declareAll(declaration: Tree, scope: Scope): void {
  for (const { id } of declaration['declarations'] as readonly { readonly id: Tree }[]) declare(id, scope)
}

function declare(pattern: Tree | null, scope: Scope): void {
  if (!pattern) return
  switch (pattern.type) {
    case 'Identifier':
      scope.names.add(pattern['name'] as string)
      return
    case 'ObjectPattern':
      for (const part of pattern['properties'] as readonly Tree[])
        declare((part.type === 'RestElement' ? part['argument'] : part['value']) as Tree, scope)
      return
    case 'ArrayPattern':
      for (const part of pattern['elements'] as readonly (Tree | null)[]) declare(part, scope)
      return
    case 'AssignmentPattern':
      declare(pattern['left'] as Tree, scope)
      return
    case 'RestElement':
      declare(pattern['argument'] as Tree, scope)
      return
    default:
      throw new Error(`No such pattern: ${pattern.type}`)
  }
}

const open = (parent: Scope | undefined): Scope => ({ names: new Set(), parent })

function isDeclared(name: string, scope: Scope | undefined): boolean {
  return scope !== undefined && (scope.names.has(name) || isDeclared(name, scope.parent))
}

/** The nodes right below a node. */
export function children(node: Node): readonly Tree[] {
  return Object.values(node).flat().filter(isNode)
}

function isNode(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}
