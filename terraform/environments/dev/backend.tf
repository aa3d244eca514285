# The bucket holds the account's number, so it is named at init: -backend-config="bucket=$STATE_BUCKET".
terraform {
  backend "s3" {
    key          = "environments/dev/terraform.tfstate"
    region       = "eu-north-1"
    encrypt      = true
    use_lockfile = true
  }
}
