//! From the model's names to Rust's.

/// `KMSKeyArn` to `kms_key_arn`.
pub(super) fn field(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let previous = index.checked_sub(1).map(|at| chars[at]);
        let next = chars.get(index + 1);
        let after_word = previous.is_some_and(|p| p.is_lowercase() || p.is_ascii_digit());
        // The plural of an acronym is no word of its own: `NotificationARNs` is `notification_arns`.
        let is_plural = chars.get(index + 1..) == Some(&['s']);
        let starts_word = next.is_some_and(|n| n.is_lowercase())
            && previous.is_some_and(char::is_uppercase)
            && !is_plural;
        if c.is_uppercase() && (after_word || starts_word) {
            out.push('_');
        }
        out.extend(
            c.to_lowercase()
                .map(|c| if c.is_alphanumeric() { c } else { '_' }),
        );
    }
    match out.as_str() {
        "type" | "ref" | "match" | "use" | "self" | "static" => format!("r#{out}"),
        _ => out,
    }
}

/// `AWS_PROXY` to `AwsProxy`, `nodejs20.x` to `Nodejs20X`.
pub(super) fn variant(value: &str) -> String {
    let mut out = String::new();
    for part in value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        let shouting = part.chars().all(|c| !c.is_lowercase());
        let mut chars = part.chars();
        out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        if shouting {
            out.extend(chars.flat_map(char::to_lowercase));
        } else {
            out.extend(chars);
        }
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{out}")
    } else if out == "Self" {
        // A word that Rust keeps for itself, even as `r#Self`.
        "Itself".to_owned()
    } else {
        out
    }
}

/// A type's name: `__string` has none of its own, `apiStage` gets a capital.
pub(super) fn type_name(shape: &str) -> String {
    let shape = shape.trim_start_matches('_');
    // The generated modules use this name for what a service speaks.
    if shape == "Protocol" {
        return "ProtocolName".to_owned();
    }
    let mut chars = shape.chars();
    chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(chars)
        .collect()
}
