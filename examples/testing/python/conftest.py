pytest_plugins = ["dcv_mock_broker"]
