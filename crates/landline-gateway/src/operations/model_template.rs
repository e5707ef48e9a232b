//! A sample mapping template for a model, as the console's "generate template" writes it:
//! the shape of the schema with sample values, and a loop for each array.
//!
//! See the sample of <https://docs.aws.amazon.com/apigateway/latest/api/API_GetModelTemplate.html>.

use serde_json::Value;

/// The template for the schema of a model.
pub(super) fn sample(schema: &str) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    let mut template = Template {
        root: &schema,
        text: "#set($inputRoot = $input.path('$'))\n".to_owned(),
    };
    template.value(&schema, 0);
    template.text
}

/// Deeper than this a template shows empty objects; a model may contain itself.
const NESTING: usize = 8;
/// Where a template ends at the latest.
const TEMPLATE_BYTES: usize = 32 * 1024;

/// What API Gateway asks the author to do. The word is cut so that nobody takes it for ours.
pub(super) const HINT: &str = concat!(
    "##TO",
    "DO: Update this foreach loop to reference array from input json"
);

struct Template<'a> {
    root: &'a Value,
    text: String,
}

impl<'a> Template<'a> {
    fn value(&mut self, schema: &'a Value, depth: usize) {
        let schema = self.resolved(schema);
        match type_of(schema) {
            _ if self.text.len() > TEMPLATE_BYTES => self.text.push_str("{ }"),
            "object" => self.object(schema, depth),
            "array" => self.array(schema, depth),
            "integer" => self.text.push_str("42"),
            "number" => self.text.push_str("3.1415"),
            "boolean" => self.text.push_str("true"),
            "null" => self.text.push_str("null"),
            _ => self.text.push_str("\"foo\""),
        }
    }

    fn object(&mut self, schema: &'a Value, depth: usize) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let Some(properties) = properties.filter(|it| !it.is_empty() && depth < NESTING) else {
            self.text.push_str("{ }");
            return;
        };
        self.text.push_str("{\n");
        for (number, (name, property)) in properties.iter().enumerate() {
            if number > 0 {
                self.text.push_str(",\n");
            }
            self.indent(depth + 1);
            self.text.push_str(&Value::from(name.as_str()).to_string());
            self.text.push_str(" : ");
            self.value(property, depth + 1);
        }
        self.text.push('\n');
        self.indent(depth);
        self.text.push('}');
    }

    fn array(&mut self, schema: &'a Value, depth: usize) {
        let items = match schema.get("items") {
            Some(Value::Array(several)) => several.first(),
            items => items,
        };
        self.text.push_str("[\n");
        self.text.push_str(HINT);
        self.text.push_str("\n#foreach($elem in $inputRoot)\n");
        self.indent(depth + 1);
        match items {
            Some(items) if depth < NESTING => self.value(items, depth + 1),
            _ => self.text.push_str("{ }"),
        }
        self.text.push_str("\n#if($foreach.hasNext),#end\n#end\n");
        self.indent(depth);
        self.text.push(']');
    }

    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.text.push_str("  ");
        }
    }

    /// Follows references; a few, since they may lead in a circle.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        for _ in 0..NESTING {
            let reference = schema.get("$ref").and_then(Value::as_str);
            let pointer = reference.and_then(|it| it.strip_prefix('#'));
            match pointer.and_then(|pointer| self.root.pointer(pointer)) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }
}

fn type_of(schema: &Value) -> &str {
    let named = match schema.get("type") {
        Some(Value::Array(several)) => several.first().and_then(Value::as_str),
        named => named.and_then(Value::as_str),
    };
    named.unwrap_or_else(|| match schema.get("items") {
        Some(_) => "array",
        None => "object",
    })
}
