package infra

// Statements are those of a role's own policies, or of a policy that is a resource.
func Statements(properties map[string]any) []map[string]any {
	documents := []any{properties}
	if own, ok := properties["Policies"]; ok {
		documents = List(own)
	}
	var all []map[string]any
	for _, d := range documents {
		for _, s := range List(d.(map[string]any)["PolicyDocument"].(map[string]any)["Statement"]) {
			all = append(all, s.(map[string]any))
		}
	}
	return all
}

// List takes one or many for many, as CloudFormation does.
func List(part any) []any {
	switch part := part.(type) {
	case nil:
		return nil
	case []any:
		return part
	}
	return []any{part}
}
