//! A botocore service model, as far as the generator reads it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::Map;

#[derive(Debug, Deserialize)]
pub(super) struct Model {
    pub(super) metadata: Metadata,
    pub(super) operations: BTreeMap<String, Operation>,
    pub(super) shapes: BTreeMap<String, Shape>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    pub(super) protocol: String,
    /// All that the service speaks, where it speaks several.
    #[serde(default)]
    pub(super) protocols: Vec<String>,
    pub(super) json_version: Option<String>,
    pub(super) target_prefix: Option<String>,
    pub(super) api_version: String,
    pub(super) xml_namespace: Option<String>,
    pub(super) signing_name: Option<String>,
    pub(super) endpoint_prefix: String,
    /// Present where a service spoke the query protocol before: its errors keep their old codes in a header.
    pub(super) aws_query_compatible: Option<serde_json::Value>,
}

impl Metadata {
    /// The namespace of documents. S3's model writes it beside every structure instead.
    pub(super) fn xml_namespace(&self) -> &str {
        let elsewhere = "http://s3.amazonaws.com/doc/2006-03-01/";
        self.xml_namespace.as_deref().unwrap_or(elsewhere)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Operation {
    pub(super) http: Http,
    pub(super) input: Option<ShapeRef>,
    pub(super) output: Option<ShapeRef>,
    #[serde(default)]
    pub(super) errors: Vec<ShapeRef>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Http {
    pub(super) method: String,
    pub(super) request_uri: String,
    pub(super) response_code: Option<u16>,
}

#[derive(Debug, Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShapeRef {
    pub(super) shape: String,
    pub(super) location: Option<String>,
    pub(super) location_name: Option<String>,
    pub(super) result_wrapper: Option<String>,
    pub(super) timestamp_format: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shape {
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Kept in the model's order.
    #[serde(default)]
    members: Map<String, serde_json::Value>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    pub(super) member: Option<ShapeRef>,
    pub(super) value: Option<ShapeRef>,
    #[serde(rename = "enum", default)]
    pub(super) values: Vec<String>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) pattern: Option<String>,
    pub(super) payload: Option<String>,
    pub(super) timestamp_format: Option<String>,
    /// Whether a list has no element of its own in XML.
    #[serde(default)]
    pub(super) flattened: bool,
    pub(super) error: Option<ErrorTrait>,
    #[serde(default)]
    pub(super) exception: bool,
    #[serde(default)]
    pub(super) fault: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct ErrorTrait {
    pub(super) code: Option<String>,
    pub(super) http_status_code: Option<u16>,
}

impl Shape {
    /// The members in the model's order.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, ShapeRef)> {
        self.members.iter().map(|(name, value)| {
            let reference = ShapeRef::deserialize(value).expect("a member refers to a shape");
            (name.as_str(), reference)
        })
    }
}

impl Model {
    /// Reads `service-2.json.gz` below `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("service-2.json.gz");
        let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let mut text = String::new();
        GzDecoder::new(file).read_to_string(&mut text)?;
        serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
    }

    /// A shape that the model refers to.
    pub(super) fn shape(&self, name: &str) -> &Shape {
        self.shapes
            .get(name)
            .unwrap_or_else(|| panic!("the model lacks the shape {name}"))
    }
}
