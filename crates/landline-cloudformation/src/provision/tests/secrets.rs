//! Secrets that templates give or let be made up.

use landline_api::secretsmanager as secrets;

use super::*;

fn with_secrets(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<secrets::GetRandomPassword>(builder, calls, |input| {
        let password = secrets::GetRandomPasswordOutput {
            random_password: Some("pass".into()),
        };
        (format!("{:?}", input.password_length), Ok(password))
    });
    answer::<secrets::CreateSecret>(builder, calls, |input| {
        let secret = secrets::CreateSecretOutput {
            arn: Some("arn:secret".into()),
            ..Default::default()
        };
        (
            format!("{} {:?}", input.name, input.secret_string),
            Ok(secret),
        )
    });
    answer::<secrets::UpdateSecret>(builder, calls, |input| {
        (
            format!("{} {:?}", input.secret_id, input.secret_string),
            Ok(secrets::UpdateSecretOutput::default()),
        )
    });
    answer::<secrets::DeleteSecret>(builder, calls, |input| {
        let note = format!(
            "{} {:?}",
            input.secret_id, input.force_delete_without_recovery
        );
        (note, Ok(secrets::DeleteSecretOutput::default()))
    });
}

fn template(description: &str) -> String {
    format!("
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: db
      Description: {description}
      GenerateSecretString: {{SecretStringTemplate: '{{\"user\": \"chat\"}}', GenerateStringKey: password, PasswordLength: 16}}
Outputs:
  Arn: {{Value: !Ref Db}}
")
}

#[tokio::test]
async fn a_secret_is_made_up_once() {
    let cloud = cloud_with(with_secrets);
    let deployed = cloud.deploy(&template("one"), None).await.unwrap();
    assert_eq!(deployed.stack.state.outputs["Arn"].value, "arn:secret");
    assert_eq!(
        cloud.calls(),
        [
            "GetRandomPassword Some(16)",
            r#"CreateSecret db Some("{\"user\":\"chat\",\"password\":\"pass\"}")"#,
        ]
    );
    cloud.deploy(&template("two"), None).await.unwrap();
    assert_eq!(cloud.calls(), ["UpdateSecret arn:secret None"]);
    cloud
        .stacks
        .delete("chat", &Progress::none())
        .await
        .unwrap();
    assert_eq!(cloud.calls(), ["DeleteSecret arn:secret Some(true)"]);
}
