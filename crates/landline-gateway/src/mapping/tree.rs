//! What a template is after parsing: text, references and directives.
//!
//! Bodies that outlive the walk over their parent (macros, definitions) are shared.

use std::sync::Arc;

/// Statements in the order of the template.
pub(super) type Block = Vec<Node>;

#[derive(Debug)]
pub(super) enum Node {
    Text(Box<str>),
    Reference(Reference),
    Set(Box<Assignment>),
    If(Vec<Branch>),
    Foreach(Box<Foreach>),
    Break,
    Stop,
    Define(Definition),
    Call(Box<Call>),
    Evaluate(Box<Expression>),
}

/// `#set($target = value)`.
#[derive(Debug)]
pub(super) struct Assignment {
    pub(super) target: Reference,
    pub(super) value: Expression,
}

/// `#if`, `#elseif`, or `#else`, which has no condition.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) condition: Option<Expression>,
    pub(super) body: Block,
}

/// `#foreach($variable in over)`.
#[derive(Debug)]
pub(super) struct Foreach {
    pub(super) variable: Arc<str>,
    pub(super) over: Expression,
    pub(super) body: Block,
}

/// `#define($variable)`: a block that is rendered wherever its variable stands.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) variable: Arc<str>,
    pub(super) body: Arc<Block>,
}

/// `#name(arguments)`, or `#@name(arguments) body #end`.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: Box<str>,
    /// Shared, because a macro evaluates an argument wherever its parameter stands.
    pub(super) arguments: Vec<Arc<Expression>>,
    pub(super) body: Option<Arc<Block>>,
    /// Printed when there is no macro of that name.
    pub(super) source: Box<str>,
}

/// `#macro(name $parameter …)`.
#[derive(Debug)]
pub(super) struct Macro {
    pub(super) parameters: Vec<Arc<str>>,
    pub(super) body: Block,
}

/// `$root.property.method(argument)[index]`.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) root: Arc<str>,
    pub(super) steps: Vec<Step>,
    pub(super) escape: Escape,
}

#[derive(Debug)]
pub(super) enum Step {
    Property(Arc<str>),
    Method(Box<str>, Vec<Expression>),
    Index(Expression),
}

/// The backslashes before a reference.
#[derive(Debug)]
pub(super) enum Escape {
    /// None, or pairs: half of them are printed, then the value.
    Pairs(u32),
    /// An odd number: half of them are printed, then the source of the reference.
    Escaped { pairs: u32, source: Box<str> },
}

#[derive(Debug)]
pub(super) enum Expression {
    Null,
    Bool(bool),
    Integer(i128),
    Double(f64),
    Text(Arc<str>),
    /// A string in double quotes that has references or directives in it.
    Interpolated(Block),
    Reference(Box<Reference>),
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    Range(Box<(Expression, Expression)>),
    Not(Box<Expression>),
    /// Operators of one precedence, from left to right. Flat, so that a long sum is not deep.
    Chain(Box<Chain>),
}

#[derive(Debug)]
pub(super) struct Chain {
    pub(super) first: Expression,
    pub(super) rest: Vec<(Operator, Expression)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}
