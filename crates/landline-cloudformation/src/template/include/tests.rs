//! Snippets that lie elsewhere.

use serde_json::{Value as Json, json};

use super::super::process;
use super::*;

fn processed(text: &str, parameters: &[(&str, &str)]) -> Result<Json, TemplateError> {
    let includes = Includes::from([
        (
            "s3://b/paths".to_owned(),
            "/pets: {get: {uri: !Ref F}}\n".to_owned(),
        ),
        (
            "s3://b/more".to_owned(),
            "Outputs: {O: {Value: 1}}\n".to_owned(),
        ),
    ]);
    let parameters = parameters
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    process(parse_text(text)?, &parameters.collect(), &includes).map(|root| root.to_json())
}

#[test]
fn a_snippet_takes_the_place_of_what_names_it() {
    let text = "Resources:\n  A:\n    Body:\n      paths:\n        own: 1\n        Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://b/paths'}}\n";
    let made = processed(text, &[]).unwrap();
    assert_eq!(
        made["Resources"]["A"]["Body"]["paths"],
        json!({"own": 1, "/pets": {"get": {"uri": {"Ref": "F"}}}})
    );
}

#[test]
fn a_location_may_be_made_of_parameters() {
    for location in [
        "!Sub 's3://${Bucket}/paths'",
        "!Join [/, ['s3:', '', !Ref Bucket, paths]]",
    ] {
        let text = format!(
            "Parameters: {{Bucket: {{Type: String}}}}\nResources:\n  A:\n    Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {location}}}}}\n"
        );
        let made = processed(&text, &[("Bucket", "b")]).unwrap();
        let get = json!({"uri": {"Ref": "F"}});
        assert_eq!(made["Resources"]["A"]["/pets"]["get"], get);
    }
}

#[test]
fn a_macro_is_named_by_a_text() {
    let text = "Resources: {A: {Fn::Transform: {Name: !Ref P}}}\n";
    let error = processed(text, &[]).unwrap_err();
    let message = "Key Name of transform definition must be a string.";
    assert_eq!(error.message, message);
}

#[test]
fn a_snippet_may_belong_to_the_whole_template_and_be_named_by_a_parameter() {
    let text = "Parameters: {Place: {Type: String}}\nTransform: {Name: AWS::Include, Parameters: {Location: !Ref Place}}\nResources: {}\n";
    let made = processed(text, &[("Place", "s3://b/more")]).unwrap();
    assert_eq!(made["Outputs"], json!({"O": {"Value": 1}}));
    assert_eq!(made.get("Transform"), None);
}

#[test]
fn other_macros_are_refused_by_their_name() {
    let text = "Resources:\n  A: {Fn::Transform: {Name: Mine, Parameters: {}}}\n";
    let error = processed(text, &[]).unwrap_err().to_string();
    assert_eq!(error, "No transform named Mine found. (line 2)");
}

#[test]
fn a_snippet_that_was_not_read_is_told_by_its_place() {
    let text = "Resources:\n  A: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://b/none'}}}\n";
    let error = processed(text, &[]).unwrap_err().to_string();
    assert_eq!(
        error,
        "Transform AWS::Include failed with: s3://b/none was not read (line 2)"
    );
}
