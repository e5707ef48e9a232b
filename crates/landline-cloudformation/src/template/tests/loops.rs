//! `Fn::ForEach`.

use super::*;

#[track_caller]
fn resource_names(text: &str, parameters: &[(&str, &str)]) -> Result<Vec<String>, TemplateError> {
    let parameters = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let template = Template::parse_with(text, &parameters.collect(), &Includes::new())?;
    Ok(template.resources.into_keys().collect())
}

#[test]
fn a_policy_may_be_computed_without_any_transform() {
    let template = "Resources: {A: {Type: 'Test::Thing', DeletionPolicy: !Ref P}}\n";
    let template = Template::parse(template).unwrap();
    assert_eq!(template.resources["A"].computed_policies.len(), 1);
}

#[test]
fn a_loop_is_written_out_for_the_parameters_of_the_deployment() {
    assert_eq!(resource_names(LOOP, &[]).unwrap(), ["Topica", "Topicb"]);
    assert_eq!(resource_names(LOOP, &[("Names", "c")]).unwrap(), ["Topicc"]);
    let template = Template::parse(LOOP).unwrap();
    let properties = template.resources["Topica"].properties.to_json();
    assert_eq!(properties, json!({"Name": "a", "Text": {"Fn::Sub": "a.x"}}));
}

#[test]
fn a_loop_that_makes_a_key_twice_is_refused() {
    let error = resource_names(LOOP, &[("Names", "c,c")]).unwrap_err();
    assert!(
        error.message.contains("the key Topicc is made twice"),
        "{error}"
    );
}

#[test]
fn loops_in_loops_have_an_end() {
    let inner = "
            - 'A${A}B${B}C${C}': {Type: T}";
    let list = (0..100)
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let text = format!(
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A:\n    - A\n    - [{list}]\n    - Fn::ForEach::B:\n        - B\n        - [{list}]\n        - Fn::ForEach::C:\n            - C\n            - [{list}]{inner}\n"
    );
    let error = resource_names(&text, &[]).unwrap_err();
    assert_eq!(
        error.message,
        "Template format error: Fn::ForEach makes too much."
    );
}
