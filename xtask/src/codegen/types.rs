//! The Rust type of each shape that an operation reaches, and which outputs are one.

use std::collections::{BTreeMap, BTreeSet};

use super::exceptions::is_encoded;
use super::model::{Model, Operation, ShapeRef};
use super::names;
use super::services::Service;

/// The shapes of one service's cut and the names that they get.
pub(super) struct Types<'a> {
    pub(super) service: &'a Service,
    pub(super) model: &'a Model,
    /// Structures and enums, by their shape's name.
    names: BTreeMap<&'a str, String>,
    /// Output shapes that are written as another shape with the same members.
    same_as: BTreeMap<&'a str, &'a str>,
    /// The structures and enums to write, in the order of their names.
    pub(super) reached: BTreeSet<&'a str>,
}

impl<'a> Types<'a> {
    /// Finds all that the service's operations reach.
    pub(super) fn of(service: &'a Service, model: &'a Model) -> Self {
        let mut types = Self {
            service,
            model,
            names: BTreeMap::new(),
            same_as: BTreeMap::new(),
            reached: BTreeSet::new(),
        };
        for name in service.operations {
            let operation = types.operation(name);
            if let Some(input) = &operation.input {
                types.names.insert(&input.shape, format!("{name}Input"));
                types.reach(&input.shape);
            }
        }
        types.reach_outputs();
        types
    }

    pub(super) fn operation(&self, name: &str) -> &'a Operation {
        let operation = self.model.operations.get(name);
        operation.unwrap_or_else(|| panic!("the model of {} lacks {name}", self.service.name))
    }

    /// `CreateApiResponse`, `GetApiResponse` and `Api` have the same members: they
    /// are one Rust type, named after the shape that is data rather than an answer.
    fn reach_outputs(&mut self) {
        let outputs: Vec<(&'static str, &'a str)> = self
            .service
            .operations
            .iter()
            .filter_map(|name| Some((*name, self.operation(name).output.as_ref()?.shape.as_str())))
            .collect();
        for &(_, output) in &outputs {
            self.reach_members(output);
        }
        for &(operation, output) in &outputs {
            if let Some(twin) = self.data_twin(output) {
                self.same_as.insert(output, twin);
                continue;
            }
            let is_answer = ["Response", "Output", "Result"]
                .iter()
                .any(|end| output.ends_with(end));
            if is_answer {
                self.names
                    .entry(output)
                    .or_insert_with(|| format!("{operation}Output"));
            }
            self.reach(output);
        }
    }

    fn data_twin(&self, output: &str) -> Option<&'a str> {
        let members = self.signature(output);
        let mut twins = self.reached.iter().copied().filter(|candidate| {
            // An input or another answer is no data, whatever its members.
            !self.names.contains_key(candidate)
                && *candidate != output
                && !members.is_empty()
                && self.signature(candidate) == members
        });
        twins.next()
    }

    /// The members with their types, to tell whether two structures are the same.
    fn signature(&self, shape: &str) -> Vec<(String, Option<String>, String)> {
        let shape = self.model.shape(shape);
        let mut members: Vec<_> = shape
            .members()
            .filter(|(_, member)| member.location.is_none())
            .map(|(name, member)| {
                (
                    name.to_owned(),
                    member.location_name.clone(),
                    self.rust(&member),
                )
            })
            .collect();
        if members.len() != shape.members().count() || shape.payload.is_some() {
            members.clear();
        }
        members.sort();
        members
    }

    fn reach(&mut self, name: &'a str) {
        let shape = self.model.shape(name);
        let is_type = shape.kind == "structure" || !shape.values.is_empty();
        if is_type && !self.reached.insert(name) {
            return;
        }
        self.reach_members(name);
    }

    fn reach_members(&mut self, name: &'a str) {
        let model = self.model;
        let shape = model.shape(name);
        let referred: Vec<String> = shape
            .members()
            .map(|(_, member)| member.shape)
            .chain(shape.member.iter().map(|member| member.shape.clone()))
            .chain(shape.value.iter().map(|member| member.shape.clone()))
            .collect();
        for reference in referred {
            let (key, _) = model
                .shapes
                .get_key_value(&reference)
                .expect("a shape of the model");
            self.reach(key);
        }
    }

    /// The Rust name of a structure or an enum.
    pub(super) fn name(&self, shape: &str) -> String {
        let shape = self.same_as.get(shape).copied().unwrap_or(shape);
        self.names
            .get(shape)
            .cloned()
            .unwrap_or_else(|| names::type_name(shape))
    }

    /// The Rust type of an operation's input or output.
    pub(super) fn top_level(&self, reference: Option<&ShapeRef>) -> String {
        reference.map_or_else(
            || "Unit".to_owned(),
            |reference| self.name(&reference.shape),
        )
    }

    /// The Rust type of what a member refers to.
    pub(super) fn rust(&self, reference: &ShapeRef) -> String {
        let shape = self.model.shape(&reference.shape);
        let inner = |reference: &Option<ShapeRef>| {
            self.rust(reference.as_ref().expect("a list and a map have a member"))
        };
        match shape.kind.as_str() {
            "structure" => self.name(&reference.shape),
            "string" if !shape.values.is_empty() => self.name(&reference.shape),
            "string" | "character" => "String".to_owned(),
            "integer" => "i32".to_owned(),
            "long" => "i64".to_owned(),
            "float" | "double" => "f64".to_owned(),
            "boolean" => "bool".to_owned(),
            "blob" => "Bytes".to_owned(),
            "timestamp" => "Timestamp".to_owned(),
            "list" => format!("Vec<{}>", inner(&shape.member)),
            "map" => format!("BTreeMap<String, {}>", inner(&shape.value)),
            other => panic!("the generator does not know the kind {other}"),
        }
    }

    /// The Rust type of a member.
    pub(super) fn member(&self, structure: &str, name: &str, reference: &ShapeRef) -> String {
        let rust = self.rust(reference);
        if is_encoded(self.service.name, structure, name) {
            format!("Encoded<{rust}>")
        } else {
            rust
        }
    }
}
