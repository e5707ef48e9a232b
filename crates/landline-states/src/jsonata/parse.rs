//! From tokens to a tree: an operator takes what stands to its right as long as that binds more tightly.

use std::sync::Arc;

use serde_json::Value;

use super::Trouble;
use super::build::{as_path, binary, grouped, joined, named, step};
use super::token::{Expecting, Lexer, Token};
use super::tree::{Lambda, Node, Order, Path, SortTerm, Step, Transform};

/// How deep expressions nest.
const DEPTH_MAX: usize = 64;
/// How many operators an expression has, but for the dots of paths: in a row they make a deep tree, too.
const OPERATORS_MAX: usize = 2000;

type Parsed = Result<Node, Trouble>;

pub(super) fn expression(text: &str) -> Parsed {
    let mut parser = Parser {
        lexer: Lexer::new(text),
        token: Token::End,
        depth: 0,
        operators: 0,
    };
    parser.advance(Expecting::Operand)?;
    let node = parser.expression(0)?;
    match parser.token {
        Token::End => Ok(node),
        ref other => Err(unexpected(other)),
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    depth: usize,
    operators: usize,
}

fn unexpected(token: &Token) -> Trouble {
    match token {
        Token::End => Trouble::new("S0207", "Unexpected end of expression"),
        Token::Operator(operator) => Trouble::new("S0201", format!("Syntax error: '{operator}'")),
        other => Trouble::new("S0201", format!("Syntax error: {other:?}")),
    }
}

fn missing(operator: &str) -> Trouble {
    Trouble::new("S0202", format!("Expected '{operator}'"))
}

/// How tightly an operator holds what stands to its left.
fn power(token: &Token) -> u8 {
    let Token::Operator(operator) = token else {
        return 0;
    };
    match *operator {
        "[" | "(" => 80,
        "." => 75,
        "{" => 70,
        "*" | "/" | "%" => 60,
        "+" | "-" | "&" => 50,
        "=" | "!=" | "<" | ">" | "<=" | ">=" | "~>" | "in" | "^" => 40,
        "and" => 30,
        "or" => 25,
        "?" | ".." => 20,
        ":=" => 10,
        _ => 0,
    }
}

impl Parser<'_> {
    fn advance(&mut self, expecting: Expecting) -> Result<Token, Trouble> {
        let next = self.lexer.next(expecting)?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is(&self, operator: &str) -> bool {
        matches!(self.token, Token::Operator(it) if it == operator)
    }

    /// Takes an operator, after which something of the kind is due.
    fn take(&mut self, operator: &str, then: Expecting) -> Result<bool, Trouble> {
        let is_there = self.is(operator);
        if is_there {
            self.advance(then)?;
        }
        Ok(is_there)
    }

    fn expect(&mut self, operator: &str, then: Expecting) -> Result<(), Trouble> {
        if self.take(operator, then)? {
            Ok(())
        } else {
            Err(missing(operator))
        }
    }

    fn expression(&mut self, least: u8) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Trouble::new("S0201", "The expression is nested too deeply"));
        }
        let mut left = self.operand()?;
        while power(&self.token) > least {
            self.operators += usize::from(!self.is("."));
            if self.operators > OPERATORS_MAX {
                return Err(Trouble::new("S0201", "The expression is too long"));
            }
            left = self.infix(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Parsed {
        match self.token.clone() {
            Token::Text(text) => self.literal(text.into()),
            Token::Number(number) => self.literal(number.into()),
            Token::Variable(name) => self.leaf(Node::Variable(name)),
            Token::Regex(regex) => self.leaf(Node::Regex(Arc::new(regex))),
            Token::Name(name) => match name.as_str() {
                "true" => self.literal(true.into()),
                "false" => self.literal(false.into()),
                "null" => self.literal(Value::Null),
                "function" => self.function(),
                _ => self.leaf(named(name)),
            },
            Token::Operator(operator) => self.prefix(operator),
            Token::End => Err(unexpected(&Token::End)),
        }
    }

    fn leaf(&mut self, node: Node) -> Parsed {
        self.advance(Expecting::Operator)?;
        Ok(node)
    }

    fn literal(&mut self, value: Value) -> Parsed {
        self.leaf(Node::Literal(value))
    }

    /// `function` alone is a name; with parentheses it makes a function.
    fn function(&mut self) -> Parsed {
        self.advance(Expecting::Operator)?;
        if self.is("(") {
            return self.lambda();
        }
        Ok(named("function".to_owned()))
    }

    fn prefix(&mut self, operator: &'static str) -> Parsed {
        match operator {
            "(" => self.block(),
            "[" => self.array(),
            "{" => {
                self.advance(Expecting::Operand)?;
                self.pairs().map(Node::Object)
            }
            "-" => {
                self.advance(Expecting::Operand)?;
                Ok(match self.expression(70)? {
                    Node::Literal(Value::Number(number)) => {
                        Node::Literal(number.as_f64().map_or(Value::Null, |it| Value::from(-it)))
                    }
                    other => Node::Negative(Box::new(other)),
                })
            }
            "*" => self.leaf(step(Node::Wildcard)),
            "**" => self.leaf(step(Node::Descendants)),
            "|" => self.transform(),
            "?" => self.leaf(Node::Open),
            "λ" => {
                self.advance(Expecting::Operator)?;
                self.lambda()
            }
            "%" => Err(Trouble::new(
                "S0217",
                "Landline does not know the parent operator %",
            )),
            // Words that are operators elsewhere.
            "and" | "or" | "in" => self.leaf(named(operator.to_owned())),
            other => Err(unexpected(&Token::Operator(other))),
        }
    }

    fn block(&mut self) -> Parsed {
        self.advance(Expecting::Operand)?;
        let mut expressions = Vec::new();
        while !self.is(")") {
            expressions.push(self.expression(0)?);
            if !self.take(";", Expecting::Operand)? {
                break;
            }
        }
        self.expect(")", Expecting::Operator)?;
        Ok(Node::Block(expressions))
    }

    fn array(&mut self) -> Parsed {
        self.advance(Expecting::Operand)?;
        let mut items = Vec::new();
        if !self.is("]") {
            loop {
                let item = self.expression(0)?;
                items.push(item);
                if !self.take(",", Expecting::Operand)? {
                    break;
                }
            }
        }
        self.expect("]", Expecting::Operator)?;
        Ok(Node::Array {
            items,
            is_constructed: false,
        })
    }

    /// `key: value, …}`
    fn pairs(&mut self) -> Result<Vec<(Node, Node)>, Trouble> {
        let mut pairs = Vec::new();
        if !self.is("}") {
            loop {
                let key = self.expression(0)?;
                self.expect(":", Expecting::Operand)?;
                pairs.push((key, self.expression(0)?));
                if !self.take(",", Expecting::Operand)? {
                    break;
                }
            }
        }
        self.expect("}", Expecting::Operator)?;
        Ok(pairs)
    }

    /// `($a, $b)<signature>{ body }`
    fn lambda(&mut self) -> Parsed {
        self.expect("(", Expecting::Operand)?;
        let mut parameters = Vec::new();
        while let Token::Variable(name) = &self.token {
            parameters.push(name.clone());
            self.advance(Expecting::Operator)?;
            if !self.take(",", Expecting::Operand)? {
                break;
            }
        }
        self.expect(")", Expecting::Operator)?;
        // A signature is read over: arguments are not checked against it.
        if self.is("<") {
            let mut open = 0_usize;
            loop {
                match self.advance(Expecting::Operator)? {
                    Token::Operator("<") => open += 1,
                    Token::Operator(">") if open == 1 => break,
                    Token::Operator(">") => open -= 1,
                    Token::End => return Err(missing(">")),
                    _ => {}
                }
            }
        }
        self.expect("{", Expecting::Operand)?;
        let body = self.expression(0)?;
        self.expect("}", Expecting::Operator)?;
        Ok(Node::Lambda(Arc::new(Lambda { parameters, body })))
    }

    fn transform(&mut self) -> Parsed {
        self.advance(Expecting::Operand)?;
        let pattern = self.expression(0)?;
        self.expect("|", Expecting::Operand)?;
        let update = self.expression(0)?;
        let delete = if self.take(",", Expecting::Operand)? {
            Some(self.expression(0)?)
        } else {
            None
        };
        self.expect("|", Expecting::Operator)?;
        Ok(Node::Transform(Arc::new(Transform {
            pattern,
            update,
            delete,
        })))
    }

    fn infix(&mut self, left: Node) -> Parsed {
        let binding = power(&self.token);
        let Token::Operator(operator) = self.token else {
            return Err(unexpected(&self.token));
        };
        self.advance(Expecting::Operand)?;
        if let Some(operator) = binary(operator) {
            let right = self.expression(binding)?;
            return Ok(Node::Binary(operator, Box::new(left), Box::new(right)));
        }
        match operator {
            "." => {
                let right = self.expression(binding)?;
                joined(left, right)
            }
            "[" => self.predicate(left),
            "(" => self.call(left),
            "{" => {
                let pairs = self.pairs()?;
                grouped(left, pairs)
            }
            "^" => self.sort(left),
            "?" => self.condition(left),
            "~>" => {
                let right = self.expression(binding)?;
                Ok(Node::Apply(Box::new(left), Box::new(right)))
            }
            ":=" => {
                let Node::Variable(name) = left else {
                    let text = "The left side of := must be a variable name (start with $)";
                    return Err(Trouble::new("S0212", text));
                };
                let value = self.expression(binding - 1)?;
                Ok(Node::Bind(name, Box::new(value)))
            }
            other => Err(unexpected(&Token::Operator(other))),
        }
    }

    fn predicate(&mut self, left: Node) -> Parsed {
        if self.take("]", Expecting::Operator)? {
            return Ok(match left {
                Node::Path(path) => Node::Path(Path {
                    keeps_singleton: true,
                    ..path
                }),
                other => Node::KeepArray(Box::new(other)),
            });
        }
        let filter = self.expression(0)?;
        self.expect("]", Expecting::Operator)?;
        match left {
            Node::Path(mut path) => {
                if path.group.is_some() {
                    let text = "A predicate cannot follow a grouping expression in a step";
                    return Err(Trouble::new("S0209", text));
                }
                if let Some(last) = path.steps.last_mut() {
                    last.filters.push(filter);
                }
                Ok(Node::Path(path))
            }
            Node::Filtered(base, mut filters) => {
                filters.push(filter);
                Ok(Node::Filtered(base, filters))
            }
            other => Ok(Node::Filtered(Box::new(other), vec![filter])),
        }
    }

    fn call(&mut self, function: Node) -> Parsed {
        let mut arguments = Vec::new();
        if !self.is(")") {
            loop {
                arguments.push(self.expression(0)?);
                if !self.take(",", Expecting::Operand)? {
                    break;
                }
            }
        }
        self.expect(")", Expecting::Operator)?;
        Ok(Node::Call(Box::new(function), arguments))
    }

    fn condition(&mut self, left: Node) -> Parsed {
        let then = self.expression(0)?;
        let otherwise = if self.take(":", Expecting::Operand)? {
            Some(Box::new(self.expression(0)?))
        } else {
            None
        };
        Ok(Node::Condition(Box::new(left), Box::new(then), otherwise))
    }

    /// `^(<a, >b)`
    fn sort(&mut self, left: Node) -> Parsed {
        self.expect("(", Expecting::Operand)?;
        let mut terms = Vec::new();
        loop {
            let order = if self.take(">", Expecting::Operand)? {
                Order::Descending
            } else {
                self.take("<", Expecting::Operand)?;
                Order::Ascending
            };
            let node = self.expression(0)?;
            terms.push(SortTerm { node, order });
            if !self.take(",", Expecting::Operand)? {
                break;
            }
        }
        self.expect(")", Expecting::Operator)?;
        let mut path = as_path(left);
        path.steps.push(Step {
            node: Node::Sort(terms),
            filters: Vec::new(),
        });
        Ok(Node::Path(path))
    }
}
