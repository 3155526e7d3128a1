import "./cases.css";
