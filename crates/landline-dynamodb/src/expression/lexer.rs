//! Text into tokens, each with its place: a syntax error quotes the neighbourhood as it was written.

/// One token; `start..end` is its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An attribute name, a function or a keyword: which of them depends on its place.
    Word,
    /// `#name`
    Name,
    /// `:value`
    Value,
    Digits,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Dot,
    Comma,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    /// A character no expression has; it becomes a syntax error when the parser reaches it.
    Unknown,
    End,
}

/// All tokens of a text. The last is always `End`.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        if matches!(bytes[start], b' ' | b'\t' | b'\r' | b'\n') {
            start += 1;
            continue;
        }
        let (kind, length) = scan(&bytes[start..]);
        // A character outside ASCII is one unknown token, whole.
        let mut end = start + length;
        while !text.is_char_boundary(end) {
            end += 1;
        }
        tokens.push(Token { kind, start, end });
        start = end;
    }
    tokens.push(Token {
        kind: TokenKind::End,
        start: bytes.len(),
        end: bytes.len(),
    });
    tokens
}

fn scan(rest: &[u8]) -> (TokenKind, usize) {
    let word = |from: usize| {
        rest[from..]
            .iter()
            .take_while(|byte| is_word(**byte))
            .count()
    };
    match (rest[0], rest.get(1)) {
        (b'#', Some(next)) if is_word(*next) => (TokenKind::Name, 1 + word(1)),
        (b':', Some(next)) if is_word(*next) => (TokenKind::Value, 1 + word(1)),
        (b'0'..=b'9', _) => (
            TokenKind::Digits,
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        ),
        (byte, _) if byte.is_ascii_alphabetic() => (TokenKind::Word, word(0)),
        (b'<', Some(b'>')) => (TokenKind::NotEqual, 2),
        (b'<', Some(b'=')) => (TokenKind::LessOrEqual, 2),
        (b'>', Some(b'=')) => (TokenKind::GreaterOrEqual, 2),
        (byte, _) => (symbol(byte), 1),
    }
}

fn symbol(byte: u8) -> TokenKind {
    match byte {
        b'(' => TokenKind::OpenParen,
        b')' => TokenKind::CloseParen,
        b'[' => TokenKind::OpenBracket,
        b']' => TokenKind::CloseBracket,
        b'.' => TokenKind::Dot,
        b',' => TokenKind::Comma,
        b'=' => TokenKind::Equal,
        b'<' => TokenKind::Less,
        b'>' => TokenKind::Greater,
        b'+' => TokenKind::Plus,
        b'-' => TokenKind::Minus,
        _ => TokenKind::Unknown,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
